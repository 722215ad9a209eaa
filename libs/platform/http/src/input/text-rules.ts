import type { Bilingual, FaultPointer, InputFault } from '@qlvb/shared-domain';
import { normaliseText as normalised, textFault } from '@qlvb/vietnam';
import type { TextFault } from '@qlvb/vietnam';

export const pointerTo = (base: FaultPointer, part: PropertyKey): FaultPointer =>
  `${base}/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/**
 * Brings every string of `value` to the form in which it is stored and reports what no text of ours may hold: the rule of
 * `textFault`, the same by which packages are written. Keys are checked and left as they are.
 *
 * @param multiline whether line breaks and tabs are allowed, as they are in a body
 * @source CHR-02
 */
export function normaliseText(
  value: unknown,
  pointer: FaultPointer,
  faults: InputFault[],
  multiline: boolean,
): unknown {
  if (typeof value === 'string') {
    const fault = textFault(value, multiline);
    if (!fault) return normalised(value);
    faults.push(inputFault(pointer, fault));
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => normaliseText(item, pointerTo(pointer, index), faults, multiline));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        const here = pointerTo(pointer, key);
        const fault = textFault(key, false);
        if (fault) faults.push(inputFault(pointer, fault));
        return [key, normaliseText(item, here, faults, multiline)];
      }),
    );
  }
  return value;
}

const SAYS: Readonly<Record<TextFault, Bilingual>> = {
  'not-unicode': { vi: 'Không phải văn bản Unicode hợp lệ.', en: 'Is not well-formed Unicode.' },
  'control-character': { vi: 'Có ký tự điều khiển không được phép.', en: 'Holds a control character.' },
  'line-break': { vi: 'Không được có dấu xuống dòng hoặc dấu tab.', en: 'Holds a line break or a tab.' },
  'direction-mark': {
    vi: 'Có ký tự ẩn đổi chiều viết; hãy gõ lại thay vì dán.',
    en: 'Holds an invisible mark that changes the direction of writing; type the text instead of pasting it.',
  },
  'not-a-character': { vi: 'Có mã không phải là ký tự Unicode.', en: 'Holds a code that is no Unicode character.' },
  'too-many-marks': {
    vi: 'Có quá nhiều dấu chồng lên một chữ.',
    en: 'Holds too many combining marks on one letter.',
  },
};

const inputFault = (pointer: FaultPointer, code: TextFault): InputFault => ({ pointer, code, detail: SAYS[code] });
