import { assertNotStateSecret } from './secrecy.ts';

describe('state secrets', () => {
  it.each([
    { secrecyFields: ['Tối mật'] },
    { secrecyFields: ['MẬT'] },
    { texts: ['Báo cáo tình hình (MẬT)'] },
    { texts: ['Kế hoạch bảo vệ', 'TUYỆT MẬT'] },
  ])('EX-SEC-1 QĐ28-A1-2: refuses %j', (question) => {
    expect(() => assertNotStateSecret(question)).toThrow('state-secret-refused');
  });

  it('EX-SEC-1: a text about secrecy is no secret', () => {
    assertNotStateSecret({
      secrecyFields: ['', 'Thường'],
      texts: ['Hướng dẫn thực hiện Luật Bảo vệ bí mật nhà nước', 'Quy định về mật khẩu và bảo mật'],
    });
  });
});
