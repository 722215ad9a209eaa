import { assertLayoutReported } from './layout-verdict.ts';

describe('approving the layout', () => {
  const done = { state: 'done' as const, findings: 0 };

  it('NĐ30-A12-2 takes a finished report on the version', () => {
    expect(() => assertLayoutReported(2, done, '')).not.toThrow();
  });

  it.each([undefined, 'waiting', 'running', 'failed', 'cancelled'] as const)(
    'NĐ30-A12-2 a report that is %s shows nothing, whatever is said',
    (state) => {
      const report = state && { state, findings: 0 };
      expect(() => assertLayoutReported(2, report, 'Đã xem')).toThrow(
        expect.objectContaining({ code: 'documents.layout-not-reported' }),
      );
    },
  );

  it('NĐ30-A12-2 findings are answered with a reason', () => {
    const found = { ...done, findings: 3 };
    for (const comment of ['', '  ']) {
      expect(() => assertLayoutReported(2, found, comment)).toThrow(
        expect.objectContaining({ code: 'documents.layout-findings-unanswered', params: { count: 3 } }),
      );
    }
    expect(() => assertLayoutReported(2, found, 'Biểu mẫu theo quy định riêng')).not.toThrow();
  });
});
