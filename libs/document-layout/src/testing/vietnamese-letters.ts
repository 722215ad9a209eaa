const PLAIN = 'aeiouyăâêôơư';
/** Combining grave, hook above, tilde, acute, dot below. */
const TONES = ['\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];

/**
 * The 134 composed letters that Vietnamese adds to A to Z, capitals included.
 *
 * @source NĐ30-PL1-I.4
 */
export const VIETNAMESE_LETTERS: readonly string[] = [
  ...[...'ăâđêôơư'],
  ...[...PLAIN].flatMap((vowel) => TONES.map((tone) => (vowel + tone).normalize('NFC'))),
].flatMap((letter) => [letter, letter.toUpperCase()]);
