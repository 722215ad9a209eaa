import type { InputFault } from '@qlvb/shared-domain';
import { normaliseText } from './text-rules.ts';

function clean(value: unknown, multiline = true): { value: unknown; faults: string[] } {
  const faults: InputFault[] = [];
  const result = normaliseText(value, '/body', faults, multiline);
  return { value: result, faults: faults.map((fault) => `${fault.pointer} ${fault.code}`) };
}

describe('CHR-02: text on its way in', () => {
  it('comes to NFC at any depth and leaves other values alone', () => {
    const value = { a: ['Quye\u0302\u0301t', 1, null, true], b: { c: 'đi\u1ec7n' } };
    expect(clean(value)).toEqual({ value: { a: ['Quyết', 1, null, true], b: { c: 'điện' } }, faults: [] });
  });

  it('may have line breaks and tabs in a body only', () => {
    expect(clean('một\r\n\thai').faults).toEqual([]);
    expect(clean('một\nhai', false).faults).toEqual(['/body line-break']);
  });

  it.each(['\0', '\u0007', '\u001b[0m', '\u007f', '\u0085', '\u2028'])('may not have %j', (text) => {
    expect(clean({ list: [text] }).faults).toEqual(['/body/list/0 control-character']);
  });

  it.each([
    ['Về việc \u2068Nguyễn Văn A\u2069 báo cáo kết quả', 'direction-mark'],
    ['\u202eđảo', 'direction-mark'],
    ['\ufffe', 'not-a-character'],
    ['\uffff', 'not-a-character'],
    ['\u0378', 'not-a-character'],
    [`a${'\u0301\u0323'.repeat(200_000)}`, 'too-many-marks'],
  ])('F-20 F-08 %j is refused as a %s', (text, code) => {
    expect(clean({ subject: text }).faults).toEqual([`/body/subject ${code}`]);
  });

  it('F-20 has plain line ends', () => {
    expect(clean('một\r\nhai').value).toBe('một\nhai');
  });

  it('is Unicode, in keys too', () => {
    expect(clean({ a: '\ud800x' }).faults).toEqual(['/body/a not-unicode']);
    expect(clean({ 'a\0b': 1 }).faults).toEqual(['/body control-character']);
    expect(clean('𝄞 chữ Nôm 𡨸')).toEqual({ value: '𝄞 chữ Nôm 𡨸', faults: [] });
  });
});
