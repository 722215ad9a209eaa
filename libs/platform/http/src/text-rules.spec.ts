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
    expect(clean('một\nhai', false).faults).toEqual(['/body control-character']);
  });

  it.each(['\0', '\u0007', '\u001b[0m', '\u007f', '\u0085', '\ufffe', '\uffff'])('may not have %j', (text) => {
    expect(clean({ list: [text] }).faults).toEqual(['/body/list/0 control-character']);
  });

  it('is Unicode, in keys too', () => {
    expect(clean({ a: '\ud800x' }).faults).toEqual(['/body/a not-unicode']);
    expect(clean({ 'a\0b': 1 }).faults).toEqual(['/body control-character']);
    expect(clean('𝄞 chữ Nôm 𡨸')).toEqual({ value: '𝄞 chữ Nôm 𡨸', faults: [] });
  });
});
