import { convertLegacyText, detectEncoding, encodingOfFont } from './legacy-encoding.ts';
import { LETTERS, TCVN3, TCVN3_CAPITALS, VISCII, VNI, VPS } from './legacy-tables.ts';

const PARAGRAPHS = [
  'Sở Thông tin và Truyền thông chủ trì theo dõi việc gửi, nhận văn bản điện tử của các cơ quan trong tỉnh.',
  'Văn thư cơ quan kiểm tra tính xác thực và toàn vẹn của từng văn bản trước khi tiếp nhận trên hệ thống.',
  'Văn bản khẩn phải được trình và chuyển giao ngay sau khi nhận, kể cả ngày nghỉ, ngày lễ và ngày Tết.',
  'Người ký chịu trách nhiệm trước pháp luật về nội dung văn bản mà mình đã ký bằng thiết bị lưu khóa bí mật.',
  'Đơn vị soạn thảo lập hồ sơ công việc và nộp vào lưu trữ cơ quan đúng thời hạn quy định.',
  'Trường hợp văn bản có sai sót về thể thức thì cơ quan ban hành đính chính bằng công văn.',
  'Mỗi cá nhân chỉ được sử dụng một tài khoản và không cho người khác mượn tài khoản của mình.',
  'Ủy ban nhân dân huyện Lệ Thủy báo cáo kết quả thực hiện kế hoạch phòng chống lũ lụt năm 2024.',
  'Đề nghị Ủy ban nhân dân thành phố Đồng Hới rà soát danh sách văn thư chuyên trách và gửi về Sở Nội vụ.',
  'Thời gian gửi, nhận được ghi theo giờ Việt Nam và đồng bộ với trục liên thông văn bản quốc gia.',
  'Khi thay đổi vị trí việc làm, người được giao hồ sơ phải bàn giao đầy đủ cho người kế nhiệm.',
  'Chuyên viên dự thảo quyết định, trình lãnh đạo phòng xem xét, sau đó chuyển bộ phận kiểm tra thể thức.',
  'Kinh phí xây dựng, duy trì và nâng cấp hệ thống được bố trí trong dự toán ngân sách hằng năm.',
  'Các đơn vị trực thuộc phản ánh khó khăn, vướng mắc về Trung tâm Công nghệ thông tin để được hướng dẫn.',
  'Báo cáo thống kê được hệ thống tổng hợp tự động theo ngày, tuần, tháng, quý và năm.',
  'Những văn bản đã thu hồi được đóng băng và vẫn giữ nguyên số đã cấp trong sổ đăng ký.',
  'Nhiệm vụ được giao có một đơn vị chủ trì, các đơn vị phối hợp và một thời hạn hoàn thành.',
  'Tài liệu đính kèm có định dạng không cho phép sẽ bị từ chối cùng với lý do cụ thể.',
  'Lãnh đạo cho ý kiến chỉ đạo trên hệ thống, phân công người xử lý và theo dõi tiến độ.',
  'Chứng thư số sắp hết hạn được nhắc trước ba mươi ngày để người dùng làm thủ tục gia hạn.',
];
const CAPITALS_OF_TCVN3 = new Map(TCVN3_CAPITALS);

const mapLetters = (text: string, map: (letter: string) => string | undefined): string =>
  [...text].map((letter) => map(letter) ?? letter).join('');
const at = (table: readonly string[], letter: string): string | undefined => table[LETTERS.indexOf(letter)];
const toTcvn3 = (text: string): string =>
  mapLetters(text, (letter) => at(TCVN3, letter) ?? CAPITALS_OF_TCVN3.get(letter) ?? at(TCVN3, letter.toLowerCase()));
const toVni = (text: string): string =>
  mapLetters(text, (letter) => at(VNI, letter) ?? at(VNI, letter.toLowerCase())?.toUpperCase());
const oneByte = (table: readonly string[]) => (text: string) =>
  mapLetters(text, (letter) => at(table, letter.toLowerCase()));
const toDoubleEncoded = (text: string): string =>
  new TextDecoder('windows-1252').decode(new TextEncoder().encode(text));

/** TCVN3 has no capitals with a tone: they come back small unless the font says otherwise. */
const smallTonedCapitals = (text: string): string =>
  mapLetters(text, (letter) =>
    CAPITALS_OF_TCVN3.has(letter) || !LETTERS.includes(letter.toLowerCase()) ? letter : letter.toLowerCase(),
  );

describe('tables', () => {
  it('CHR-15 are complete and unambiguous', () => {
    for (const table of [LETTERS, TCVN3, VNI, VPS, VISCII]) {
      expect(table).toHaveLength(67);
      expect(new Set(table).size).toBe(67);
    }
  });

  it.each([
    ['Việt Nam', 'ViÖt Nam', 'Vieät Nam', 'Viá»‡t Nam'],
    ['Quyết định', 'QuyÕt ®Þnh', 'Quyeát ñònh', 'Quyáº¿t Ä‘á»‹nh'],
    ['Quảng Bình, ngày', 'Qu¶ng B×nh, ngµy', 'Quaûng Bình, ngaøy', 'Quáº£ng BÃ¬nh, ngÃ\u00a0y'],
    ['Độc lập - Tự do - Hạnh phúc', '§éc lËp - Tù do - H¹nh phóc', 'Ñoäc laäp - Töï do - Haïnh phuùc', undefined],
  ])('CHR-15 %s is read from how it looked', (unicode, tcvn3, vni, doubleEncoded) => {
    expect(convertLegacyText(tcvn3, 'tcvn3').text).toBe(unicode);
    expect(convertLegacyText(vni, 'vni').text).toBe(unicode);
    expect(convertLegacyText(doubleEncoded ?? toDoubleEncoded(unicode), 'utf8-as-1252').text).toBe(unicode);
  });
});

describe('detection', () => {
  it('CHR-10 CHR-07 a font name is evidence', () => {
    expect(encodingOfFont('.VnTime')).toEqual({ encoding: 'tcvn3', isCapitals: false });
    expect(encodingOfFont('.VnTimeH')).toEqual({ encoding: 'tcvn3', isCapitals: true });
    expect(encodingOfFont('VNI-Times')?.encoding).toBe('vni');
    expect(encodingOfFont('VPS Times')?.encoding).toBe('vps');
    expect(encodingOfFont('Times New Roman')).toBeUndefined();
  });

  it.each([
    ['unicode', (text: string) => text],
    ['unicode', (text: string) => text.normalize('NFD')],
    ['tcvn3', toTcvn3],
    ['vni', toVni],
    ['utf8-as-1252', toDoubleEncoded],
  ] as const)('CHR-11 CHR-12 finds %s in every paragraph (case %#)', (encoding, write) => {
    for (const paragraph of PARAGRAPHS) {
      expect(detectEncoding(write(paragraph))).toMatchObject({ encoding, isCertain: true });
    }
  });

  it('CHR-12 takes no VPS or VISCII paragraph for Unicode, and names most of them', () => {
    for (const [encoding, table] of [['vps', VPS] as const, ['viscii', VISCII] as const]) {
      const found = PARAGRAPHS.map((paragraph) => detectEncoding(oneByte(table)(paragraph)).encoding);
      expect(found).not.toContain('unicode');
      expect(found.filter((name) => name === encoding).length).toBeGreaterThanOrEqual(17);
    }
  });

  it.each([
    'Le préfet a été reçu à l’hôtel de ville où la délégation était déjà très nombreuse',
    'Die Behörden für öffentliche Sicherheit prüfen künftig größere Mengen',
    'Ordinary English without any marks at all, for forty characters and more',
    'Surface 120 m², température 25 °C, «projet», ©2024',
    '',
  ])('CHR-13 leaves %j alone', (text) => {
    expect(detectEncoding(text)).toMatchObject({ encoding: 'unicode' });
  });

  it('CHR-13 without two marker words nothing is certain', () => {
    const spanish = 'La señora Muñoz y el señor Ibáñez viajarán mañana a España con los niños pequeños';
    expect(detectEncoding(spanish)).toMatchObject({ encoding: 'vni', isCertain: false });
    expect(detectEncoding('Vieät')).toMatchObject({ isCertain: false });
  });
});

describe('conversion', () => {
  it('CHR-15 every paragraph comes back, but for toned capitals in TCVN3', () => {
    for (const paragraph of PARAGRAPHS) {
      expect(convertLegacyText(toVni(paragraph), 'vni')).toMatchObject({ text: paragraph, unmapped: 0 });
      expect(convertLegacyText(toDoubleEncoded(paragraph), 'utf8-as-1252')).toMatchObject({
        text: paragraph,
        unmapped: 0,
      });
      expect(convertLegacyText(toTcvn3(paragraph), 'tcvn3')).toMatchObject({
        text: smallTonedCapitals(paragraph),
        unmapped: 0,
      });
    }
  });

  it('CHR-10 CHR-15 a run in a capitals font becomes capitals', () => {
    expect(convertLegacyText('quyÕt ®Þnh', 'tcvn3', true).text).toBe('QUYẾT ĐỊNH');
  });

  it('CHR-15 counts what it changed and what it could not', () => {
    expect(convertLegacyText('ViÖt Nam €', 'tcvn3')).toEqual({ text: 'Việt Nam €', changed: 1, unmapped: 1 });
    expect(convertLegacyText('Viá»‡t é', 'utf8-as-1252')).toEqual({ text: 'Việt é', changed: 1, unmapped: 1 });
  });
});
