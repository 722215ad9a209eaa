import { secrecyMarkIn, secrecyOfField } from './secrecy-marks.ts';

describe('secrecy in a field made for it', () => {
  it.each([
    ['Mật', 'confidential'],
    ['MẬT', 'confidential'],
    ['Tối mật', 'secret'],
    [' TUYỆT  MẬT ', 'topSecret'],
    ['(Tối Mật)'.normalize('NFD'), 'secret'],
    ['Thường', undefined],
    ['Không mật', undefined],
    ['', undefined],
  ])('EX-SEC-1 %j says %s', (value, secrecy) => {
    expect(secrecyOfField(value)).toBe(secrecy);
  });
});

describe('secrecy marks in free text', () => {
  it.each([
    ['MẬT', 'confidential'],
    ['Mật', 'confidential'],
    ['(Mật) Báo cáo tình hình biên giới', 'confidential'],
    ['[TỐI MẬT] Kế hoạch diễn tập', 'secret'],
    ['TUYỆT MẬT - Phương án tác chiến', 'topSecret'],
    ['Báo cáo tình hình biên giới - Mật', 'confidential'],
    ['Kế hoạch diễn tập khu vực phòng thủ (tuyệt mật)', 'topSecret'],
    ['Độ mật: Tối mật. V/v kế hoạch', 'secret'],
    ['V/v kế hoạch, mức độ mật : MẬT', 'confidential'],
    ['MẬT\nKế hoạch diễn tập', 'confidential'],
    ['Mật: kế hoạch diễn tập', 'confidential'],
    ['Kế hoạch diễn tập TỐI MẬT năm 2024', 'secret'],
    ['Báo cáo MẬT về tình hình biên giới', 'confidential'],
    ['TUYỆT MẬT KẾ HOẠCH DIỄN TẬP', 'topSecret'],
    ['KẾ HOẠCH DIỄN TẬP – TỐI MẬT', 'secret'],
    ['(Tối mật) kèm phụ lục (Tuyệt mật)'.normalize('NFD'), 'topSecret'],
  ])('EX-SEC-1 %j is marked %s', (text, secrecy) => {
    expect(secrecyMarkIn(text)).toBe(secrecy);
  });

  it.each([
    '',
    'V/v tăng cường bảo mật thông tin',
    'V/v đổi mật khẩu tài khoản hệ thống',
    'V/v triển khai Luật Bảo vệ bí mật nhà nước',
    'V/v quản lý tài liệu mật trên môi trường mạng',
    'Quyết định ban hành danh mục bí mật nhà nước độ Tối mật lĩnh vực y tế',
    'V/v bảo đảm tuyệt mật đề thi tốt nghiệp',
    'Báo cáo mật độ dân số thành phố Đồng Hới',
    'Kế hoạch phát triển nghề nuôi ong mật',
    'MẬT ĐỘ DÂN SỐ TỈNH QUẢNG BÌNH',
    'QUY ĐỊNH VỀ BẢO MẬT',
    'QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC',
    'V/v áp dụng chuẩn MẬT MÃ quốc gia',
    'V/v HỆ THỐNG BẢO MẬT của tỉnh',
    'V/v thiết bị lưu khóa bí mật (USB token)',
    'Độ mật: Thường',
    'Độ mật: Không',
    'Xã Mật Cật, huyện Bố Trạch',
    'V/v thay đổi mật khẩu - bảo mật - an toàn thông tin',
    'V/v bảo mật.',
    'Hội nghị mật thiết, hữu nghị (thân mật)',
  ])('EX-SEC-1 %j is an ordinary text', (text) => {
    expect(secrecyMarkIn(text)).toBeUndefined();
  });
});

describe('F-08 texts made to take long', () => {
  it.each([
    ['stamps', `a${' AN MẬT'.repeat(100_000)}`],
    ['brackets', `${')'.repeat(300_000)}x`],
    ['labels', 'độ\n\n'.repeat(100_000)],
    ['blanks', `độ${'\n'.repeat(300_000)}x`],
  ])(
    // work with the square of the length takes minutes: the test runs out of time
    'F-08 EX-SEC-1 the search for a mark takes time in proportion: %s',
    (_kind, text) => {
      expect([secrecyMarkIn(text), secrecyOfField(text)]).toEqual([undefined, undefined]);
    },
  );
});
