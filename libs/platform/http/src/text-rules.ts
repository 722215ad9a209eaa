import type { InputFault } from '@qlvb/shared-domain';
import { say } from './language.ts';

export const pointerTo = (base: string, part: PropertyKey): string =>
  `${base}/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/**
 * Brings every string of `value` to NFC and reports what no text of ours may hold: control characters (line breaks and
 * tabs are allowed in a body), NUL, unpaired surrogates, what XML cannot hold. Keys are checked and left as they are.
 *
 * @source CHR-02
 */
export function normaliseText(value: unknown, pointer: string, faults: InputFault[], multiline: boolean): unknown {
  if (typeof value === 'string') {
    const fault = textFault(value, multiline);
    if (fault) faults.push({ pointer, code: fault.code, detail: say(fault.text) });
    return value.normalize('NFC');
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => normaliseText(item, pointerTo(pointer, index), faults, multiline));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        const here = pointerTo(pointer, key);
        const fault = textFault(key, false);
        if (fault) faults.push({ pointer, code: fault.code, detail: say(fault.text) });
        return [key, normaliseText(item, here, faults, multiline)];
      }),
    );
  }
  return value;
}

const CONTROL = {
  code: 'control-character',
  text: { vi: 'Có ký tự điều khiển không được phép.', en: 'Holds a control character.' },
};
const SURROGATE = {
  code: 'not-unicode',
  text: { vi: 'Không phải văn bản Unicode hợp lệ.', en: 'Is not well-formed Unicode.' },
};

function textFault(text: string, multiline: boolean): typeof CONTROL | undefined {
  if (!text.isWellFormed()) return SURROGATE;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // XML has no way to write the two non-characters at the end of the plane, and every text may end up in XML.
    if ((code > 0x9f && code < 0xfffe) || (code >= 0x20 && code < 0x7f)) continue;
    if (multiline && (code === 0x0a || code === 0x0d || code === 0x09)) continue;
    return CONTROL;
  }
  return undefined;
}
