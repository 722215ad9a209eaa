import { refusalText, statusName, statusText } from './status-text.ts';

describe('F-20 a refusal’s reason always arrives', () => {
  it.each([
    ['a\u0000b\tc\r\nd', 'a b c d'],
    ['\u2068Sở\u2069 \u202eA\ud800', 'Sở A'],
    ['  Không   thuộc ', 'Không thuộc'],
    [`e${'\u0301'.repeat(5000)}`, `é${'\u0301'.repeat(29)}`],
  ])('F-20 %j', (written, sent) => {
    expect(statusText(written)).toBe(sent);
  });

  it.each(['(MẬT) không nhận', 'Độ mật: Tối mật'])('F-20 %s is told without the mark', (reason) => {
    const text = refusalText('STATE_SECRET', reason);
    expect(text).toMatch(/^STATE_SECRET: Lý do có dẫn dấu chỉ độ mật/);
    expect(statusText(text)).toBe(text);
  });

  it('F-20 a long one is cut, never refused', () => {
    const text = refusalText('OTHER', 'đ'.repeat(2000));
    expect([...text]).toHaveLength(500);
    expect(text.endsWith('…')).toBe(true);
    expect(refusalText('OTHER', '\u0000')).toBe('OTHER: —');
    expect(statusName('\u2068')).toBeUndefined();
  });
});
