/**
 * Why a text is refused wherever it comes in: over REST, into a package, into a field of a form.
 *
 * - `not-unicode`: half of a surrogate pair;
 * - `control-character`: C0 and C1 apart from tab and line ends, the line and paragraph separators U+2028 and U+2029;
 * - `line-break`: a tab or a line end in a text of one line;
 * - `direction-mark`: what turns the direction of writing and so shows another text than the one that is stored;
 * - `not-a-character`: non-characters and code points that Unicode has not assigned;
 * - `too-many-marks`: more than 30 combining marks in a row, for which composing takes time with the square of their number.
 */
export type TextFault =
  'not-unicode' | 'control-character' | 'line-break' | 'direction-mark' | 'not-a-character' | 'too-many-marks';

/** Longest run of combining marks in a stream-safe text (UAX #15). */
export const MAX_MARKS_IN_A_ROW = 30;

const FAULTS: readonly (readonly [fault: TextFault, pattern: RegExp])[] = [
  // first, because a caller that may not refuse the others must know of it
  ['too-many-marks', new RegExp(`\\p{M}{${MAX_MARKS_IN_A_ROW + 1}}`, 'u')],
  ['not-unicode', /\p{Cs}/u],
  ['control-character', /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/u],
  ['direction-mark', /[\u202a-\u202e\u2066-\u2069]/u],
  ['not-a-character', /\p{Cn}/u],
];
const LINE_BREAK = /[\t\r\n]/;

/**
 * The one rule for text at a boundary. A text without a fault can be composed, stored, written into XML 1.0 and read back as
 * the same text.
 *
 * @param isMultiline whether tabs and line ends may stand in it
 * @source CHR-02
 * @source MD-4
 * @source FMT-09
 */
export function textFault(text: string, isMultiline = true): TextFault | undefined {
  const found = FAULTS.find(([, pattern]) => pattern.test(text))?.[0];
  return found ?? (!isMultiline && LINE_BREAK.test(text) ? 'line-break' : undefined);
}

/**
 * Text as it is stored: composed (NFC), whatever way it was typed, with plain line ends. Done once, at the boundary; signed
 * files are left alone. Only for texts without a `textFault`: composing a long run of marks takes too long.
 *
 * @source CHR-02
 * @source QB-A4-3
 */
export function normaliseText(text: string): string {
  return text.normalize('NFC').replace(/\r\n?/g, '\n');
}
