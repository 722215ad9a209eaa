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
 * Text as it is stored: composed (NFC), whatever way it was typed. Done once, at the boundary; signed files are left alone.
 *
 * @source CHR-02
 * @source QB-A4-3
 */
export function normaliseText(text: string): string {
  return text.normalize('NFC');
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

/**
 * Position of the first character that may not stand in a text field: control characters other than tab and line ends,
 * unpaired surrogates, non-characters, and the marks that turn the direction of writing. −1 when there is none.
 * What is left is also valid in XML 1.0.
 *
 * @source MD-4
 * @source FMT-09
 */
export function forbiddenCharacterAt(text: string): number {
  return text.search(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]|\p{Cs}/u,
  );
}

/**
 * Why a file name is refused, if so: 1 to 180 composed characters, nothing invisible, no path or shell signs.
 *
 * @source FMT-09
 */
export function fileNameFault(
  name: string,
): 'FILE_NAME_LENGTH' | 'FILE_NAME_NOT_NFC' | 'FILE_NAME_CHARACTER' | undefined {
  const length = [...name].length;
  if (length < 1 || length > 180) return 'FILE_NAME_LENGTH';
  if (name !== normaliseText(name)) return 'FILE_NAME_NOT_NFC';
  if (forbiddenCharacterAt(name) >= 0 || name.search(INVISIBLE) >= 0) return 'FILE_NAME_CHARACTER';
  return /[\t\r\n\\/:*?"<>|]|^\.+$/.test(name) ? 'FILE_NAME_CHARACTER' : undefined;
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
