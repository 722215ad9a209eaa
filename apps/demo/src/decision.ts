import { drawDocument } from '@qlvb/document-layout';
import type { OfficialDocument } from '@qlvb/document-layout';

export const SUBJECT = 'Về việc phân công trách nhiệm quản lý, vận hành Hệ thống quản lý văn bản và điều hành';

/** The decision of the demonstration; the first draft leaves out a legal basis, which the review finds. */
export function drawDecision(options: {
  readonly complete: boolean;
  readonly signerName: string;
}): Promise<Uint8Array> {
  const bases = [
    'Căn cứ Luật Giao dịch điện tử ngày 22 tháng 6 năm 2023',
    'Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư',
    ...(options.complete
      ? [
          'Căn cứ Quyết định số 28/2018/QĐ-TTg ngày 12 tháng 7 năm 2018 của Thủ tướng Chính phủ về việc gửi, nhận văn bản điện tử giữa các cơ quan trong hệ thống hành chính nhà nước',
        ]
      : []),
    'Theo đề nghị của Trưởng phòng Công nghệ thông tin',
  ];
  const document: OfficialDocument = {
    form: 'decision',
    parentAgency: 'UBND TỈNH QUẢNG BÌNH',
    issuingAgency: 'SỞ THÔNG TIN VÀ TRUYỀN THÔNG',
    placeOfIssue: 'Quảng Bình',
    symbol: 'QĐ-STTTT',
    kindName: 'QUYẾT ĐỊNH',
    subject: SUBJECT,
    decider: 'GIÁM ĐỐC SỞ THÔNG TIN VÀ TRUYỀN THÔNG',
    legalBases: bases,
    body: [
      {
        block: 'article',
        number: 1,
        text: 'Phân công Phòng Công nghệ thông tin chủ trì quản lý, vận hành Hệ thống quản lý văn bản và điều hành của tỉnh; Văn phòng Sở phối hợp đăng ký, gửi, nhận văn bản điện tử trên Hệ thống.',
      },
      {
        block: 'article',
        number: 2,
        text: 'Các cơ quan, đơn vị cử ít nhất một cán bộ quản trị; bố trí người theo dõi văn bản đến kể cả ngày nghỉ; thực hiện ký số của người có thẩm quyền và của cơ quan trên văn bản gửi qua Trục liên thông văn bản của tỉnh theo danh mục kèm theo.',
      },
      {
        block: 'article',
        number: 3,
        text: 'Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng, Trưởng phòng Công nghệ thông tin, Thủ trưởng các cơ quan, đơn vị và cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này',
      },
    ],
    authorityLines: ['GIÁM ĐỐC'],
    signerName: options.signerName,
    recipients: ['Như Điều 3', 'UBND huyện Quảng Ninh', 'Sở Nội vụ', 'UBND thị trấn Quán Hàu'],
    fileCopy: 'VT, CNTT',
    createdAt: new Date(),
  };
  return Promise.resolve(drawDocument(document));
}

/** The attachment: a table in another allowed format. */
export const contactList = (): Uint8Array =>
  Buffer.from(
    '\uFEFFSTT,Cơ quan,Đầu mối,Thư điện tử\n1,UBND huyện Quảng Ninh,Văn phòng HĐND và UBND,vanphong@example.gov.vn\n2,Sở Nội vụ,Văn phòng Sở,vanphong.snv@example.gov.vn\n',
  );
