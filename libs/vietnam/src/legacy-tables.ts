/** How letters stand in the encodings that were in use before Unicode. All lists follow the order of `LETTERS`. */

const windows1252 = new TextDecoder('windows-1252');
const list = (text: string): readonly string[] => text.split(' ');
const bytes = (text: string): readonly string[] =>
  list(text).map((hex) => windows1252.decode(Uint8Array.of(Number.parseInt(hex, 16))));

/** The letters that have marks, small. */
export const LETTERS = list(
  'à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ đ è é ẻ ẽ ẹ ê ề ế ể ễ ệ ì í ỉ ĩ ' +
    'ị ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ ù ú ủ ũ ụ ư ừ ứ ử ữ ự ỳ ý ỷ ỹ ỵ',
);

/** TCVN 5712, form ABC: one byte a letter, capitals only for letters without a tone. */
export const TCVN3 = bytes(
  'B5 B8 B6 B7 B9 A8 BB BE BC BD C6 A9 C7 CA C8 C9 CB AE CC D0 CE CF D1 AA D2 D5 D3 D4 D6 D7 DD D8 DC ' +
    'DE DF E3 E1 E2 E4 AB E5 E8 E6 E7 E9 AC EA ED EB EC EE EF F3 F1 F2 F4 AD F5 F8 F6 F7 F9 FA FD FB FC FE',
);
export const TCVN3_CAPITALS: readonly (readonly [letter: string, written: string])[] = [
  ['Ă', '\u00a1'],
  ['Â', '\u00a2'],
  ['Ê', '\u00a3'],
  ['Ô', '\u00a4'],
  ['Ơ', '\u00a5'],
  ['Ư', '\u00a6'],
  ['Đ', '\u00a7'],
];

/** VNI for Windows: base letter and a letter for the marks; capitals are the same in upper case. */
export const VNI = list(
  'aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ' +
    'ò oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î',
);

/** VPS: one byte a letter. Known from one table only, so it serves to recognise and not to convert. */
export const VPS = bytes(
  'E0 E1 E4 E3 E5 E6 A2 A1 A3 A4 A5 E2 C0 C3 C4 C5 C6 C7 E8 E9 C8 EB CB EA 8A 89 8B CD 8C EC ED CC EF ' +
    'CE F2 F3 D5 F5 86 F4 D2 D3 B0 87 B6 D6 A9 A7 AA AB AE F9 FA FB DB F8 DC D8 D9 BA BB BF FF 9A 9B CF 9C',
);

/** VISCII: one byte a letter. Serves to recognise. */
export const VISCII = bytes(
  'E0 E1 E4 E3 D5 E5 A2 A1 C6 C7 A3 E2 A5 A4 A6 E7 A7 F0 E8 E9 EB A8 A9 EA AB AA AC AD AE EC ED EF EE ' +
    'B8 F2 F3 F6 F5 F7 F4 B0 AF B1 B2 B5 BD B6 BE B7 DE FE F9 FA FC FB F8 DF D7 D1 D8 E6 F1 CF FD D6 DB DC',
);
