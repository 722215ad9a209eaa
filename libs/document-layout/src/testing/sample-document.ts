import type { OfficialDocument } from '../official-document.ts';

/** A decision of a department that issues a regulation, long enough for two pages. */
export const sampleDecision: OfficialDocument = {
  form: 'decision',
  parentAgency: 'UBND TỈNH QUẢNG BÌNH',
  issuingAgency: 'SỞ THÔNG TIN VÀ TRUYỀN THÔNG',
  placeOfIssue: 'Quảng Bình',
  symbol: 'QĐ-STTTT',
  kindName: 'QUYẾT ĐỊNH',
  subject: 'Về việc phân công trách nhiệm quản lý, vận\u00a0hành Hệ thống quản lý văn bản và điều hành',
  decider: 'GIÁM ĐỐC SỞ THÔNG TIN VÀ TRUYỀN THÔNG',
  legalBases: [
    'Căn cứ Luật Giao dịch điện tử ngày 22 tháng 6 năm 2023',
    'Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư',
    'Căn cứ Quyết định số 28/2018/QĐ-TTg ngày 12 tháng 7 năm 2018 của Thủ tướng Chính phủ về việc gửi, nhận văn bản điện tử giữa các cơ quan trong hệ thống hành chính nhà nước',
    'Theo đề nghị của Trưởng phòng Công nghệ thông tin',
  ],
  body: [
    {
      block: 'article',
      number: 1,
      text: 'Phân công Phòng Công nghệ thông tin chủ trì quản lý, vận hành Hệ thống quản lý văn bản và điều hành của tỉnh; Văn phòng Sở phối hợp thực hiện việc đăng ký, gửi, nhận văn bản điện tử trên Hệ thống.',
    },
    { block: 'article', number: 2, text: 'Phòng Công nghệ thông tin có trách nhiệm:' },
    {
      block: 'paragraph',
      text: '1. Bảo đảm Hệ thống hoạt động liên tục, an toàn thông tin; tiếp nhận và xử lý kịp thời các sự cố do cơ quan, đơn vị phản ánh trong quá trình gửi, nhận văn bản.',
    },
    {
      block: 'paragraph',
      text: '2. Hướng dẫn các cơ quan, đơn vị đăng ký, sử dụng chữ ký số chuyên dùng công vụ; theo dõi thời hạn của chứng thư số và đề nghị gia hạn trước khi hết hạn.',
    },
    {
      block: 'paragraph',
      text: '3. Định kỳ hằng quý tổng hợp tình hình gửi, nhận văn bản điện tử, báo cáo Giám đốc Sở.',
    },
    {
      block: 'article',
      number: 3,
      text: 'Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng, Trưởng phòng Công nghệ thông tin, Thủ trưởng các phòng, đơn vị thuộc Sở và cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này',
    },
  ],
  authorityLines: ['GIÁM ĐỐC'],
  signerName: 'Nguyễn Hoàng Dương',
  recipients: ['Như Điều 3', 'UBND huyện Quảng Ninh', 'Sở Nội vụ', 'UBND xã Vĩnh Ninh'],
  fileCopy: 'VT, CNTT',
  createdAt: new Date('2026-11-23T02:00:00Z'),
};

/** A letter to two addressees, with a deputy's signature. */
export const sampleLetter: OfficialDocument = {
  ...sampleDecision,
  form: 'letter',
  symbol: 'STTTT-CNTT',
  kindName: undefined,
  decider: undefined,
  legalBases: [],
  subject: 'triển khai gửi, nhận văn bản điện tử có ký số',
  addressees: ['Các sở, ban, ngành cấp tỉnh', 'UBND các huyện, thị xã, thành phố'],
  urgency: 'flash',
  body: [
    {
      block: 'paragraph',
      text: 'Thực hiện ý kiến chỉ đạo của Ủy ban nhân dân tỉnh về việc đẩy mạnh gửi, nhận văn bản điện tử có ký số giữa các cơ quan nhà nước, Sở Thông tin và Truyền thông đề nghị các cơ quan, đơn vị rà soát chứng thư số của cơ quan và cá nhân có thẩm quyền ký.',
    },
    { block: 'paragraph', text: 'Trân trọng cảm ơn sự phối hợp của quý cơ quan, đơn vị' },
  ],
  authorityLines: ['KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC'],
  recipients: ['Giám đốc Sở (để báo cáo)'],
};

/** A decision of the People's Committee over several pages that issues a regulation in the same file. */
export const longDecision: OfficialDocument = {
  ...sampleDecision,
  form: 'decision_issuing',
  parentAgency: undefined,
  issuingAgency: 'ỦY BAN NHÂN DÂN TỈNH QUẢNG BÌNH',
  symbol: 'QĐ-UBND',
  decider: 'ỦY BAN NHÂN DÂN TỈNH QUẢNG BÌNH',
  subject: 'Ban hành Quy chế quản lý, vận hành và sử dụng Hệ thống quản lý văn bản và điều hành tỉnh Quảng Bình',
  body: [
    {
      block: 'article',
      number: 1,
      text: 'Ban hành kèm theo Quyết định này Quy chế quản lý, vận hành và sử dụng Hệ thống quản lý văn bản và điều hành tỉnh Quảng Bình.',
    },
    ...sampleDecision.body.slice(1),
    ...sampleDecision.body.slice(2),
  ],
  authorityLines: ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'],
  attached: [
    {
      heading: 'QUY CHẾ',
      title: 'Quản lý, vận hành và sử dụng Hệ thống quản lý văn bản và điều hành tỉnh Quảng Bình',
      withHead: true,
      body: [
        { block: 'chapter', number: 'I', title: 'QUY ĐỊNH CHUNG' },
        { block: 'article', number: 1, title: 'Phạm vi điều chỉnh, đối tượng áp dụng' },
        {
          block: 'paragraph',
          text: '1. Quy chế này quy định việc quản lý, vận hành và sử dụng Hệ thống quản lý văn bản và điều hành tỉnh Quảng Bình.',
        },
        {
          block: 'paragraph',
          text: '2. Quy chế này áp dụng đối với các cơ quan nhà nước trên địa bàn tỉnh và cán bộ, công chức, viên chức có liên quan.',
        },
      ],
    },
    {
      heading: 'Phụ lục I',
      title: 'DANH MỤC ĐỊNH DẠNG TỆP',
      withHead: false,
      body: [{ block: 'paragraph', text: 'Tệp văn bản: .pdf; bảng tính: .xlsx, .csv; hình ảnh: .png, .jpg.' }],
    },
  ],
};
