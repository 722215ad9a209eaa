import { refusalReasonLabel } from './refusal-reason.ts';

describe('F-53 a reason that came over the exchange', () => {
  it.each([
    ['WRONG_RECIPIENT: Việc này thuộc Sở Nội vụ', 'Gửi sai nơi nhận hoặc không thuộc thẩm quyền: Việc này thuộc Sở Nội vụ', 'Wrong recipient or not competent: Việc này thuộc Sở Nội vụ'], // prettier-ignore
    ['BAD_FORMAT: —', 'Sai định dạng hoặc thể thức', 'Wrong format or layout'],
    ['OTHER: hai\ndòng', 'Lý do khác: hai\ndòng', 'Other reason: hai\ndòng'],
    ['Mã của hệ thống khác', 'Mã của hệ thống khác', 'Mã của hệ thống khác'],
    ['UNHEARD_OF: lý do', 'UNHEARD_OF: lý do', 'UNHEARD_OF: lý do'],
    ['toString: lý do', 'toString: lý do', 'toString: lý do'],
  ])('%j', (reason, vi, en) => {
    expect(refusalReasonLabel(reason)).toEqual({ vi, en });
  });
});
