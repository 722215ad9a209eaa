/** One look-alike or invisible character that was put right in a metadata field, to be shown to the clerk. */
export interface TextRepair {
  /** Code point found, `U+00D0`. */
  found: string;
  /** What stands there now; empty when it was removed. */
  replacedBy: string;
  count: number;
}

export interface CleanedText {
  text: string;
  repairs: TextRepair[];
}

/** U+00AD, U+200B–U+200D, U+FEFF: invisible, so nobody typed them on purpose. */
const INVISIBLE = /[\u00ad\u200b-\u200d\ufeff]/g;
const LOOK_ALIKES: [RegExp, string][] = [
  // Eth and African D are capitals that look like Đ; they stand before Vietnamese letters only by mistake
  [/[\u00d0\u0189](?=\p{L}|\p{M})/gu, 'Đ'],
  [/\u00f0(?=\p{L}|\p{M})/gu, 'đ'],
  [INVISIBLE, ''],
  [/\u00a0/g, ' '],
];

/** Whether a text has a letter that only Vietnamese uses. */
export function looksVietnamese(text: string): boolean {
  return /[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]/.test(text.normalize('NFC'));
}

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

/**
 * Composes a metadata field and puts look-alikes right: false Đ and đ where the text is Vietnamese, invisible characters,
 * no-break spaces.
 *
 * @source CHR-04
 */
export function cleanText(input: string): CleanedText {
  let text = normaliseText(input);
  const repairs: TextRepair[] = [];
  const isVietnamese = looksVietnamese(text);
  for (const [pattern, replacedBy] of LOOK_ALIKES) {
    if ((replacedBy === 'Đ' || replacedBy === 'đ') && !isVietnamese) continue;
    const counts = new Map<string, number>();
    text = text.replace(pattern, (character) => {
      counts.set(character, (counts.get(character) ?? 0) + 1);
      return replacedBy;
    });
    for (const [character, count] of counts) {
      const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      repairs.push({ found: `U+${point}`, replacedBy, count });
    }
  }
  return { text: normaliseText(text), repairs };
}

const collator = new Intl.Collator('vi');

/**
 * Order of the Vietnamese alphabet (a ă â … d đ e ê …), not of code points.
 *
 * @source CHR-06
 */
export function compareVietnamese(a: string, b: string): number {
  return collator.compare(a, b);
}
