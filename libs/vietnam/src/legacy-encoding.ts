import { LETTERS, TCVN3, TCVN3_CAPITALS, VISCII, VNI, VPS } from './legacy-tables.ts';

/** `utf8-as-1252`: UTF-8 bytes read as Windows-1252 and stored again. `unknown`: not Unicode text, and none of the others. */
export type LegacyEncoding = 'tcvn3' | 'vni' | 'utf8-as-1252' | 'vps' | 'viscii' | 'unknown';
export type ConvertibleEncoding = 'tcvn3' | 'vni' | 'utf8-as-1252';

export interface EncodingFinding {
  encoding: 'unicode' | LegacyEncoding;
  /** Common Vietnamese words that appear when the text is read in that encoding. */
  markerWords: number;
  /** Enough to convert without asking: two marker words. Otherwise a person decides with a preview. */
  isCertain: boolean;
}

export interface Conversion {
  /** Unicode, composed. */
  text: string;
  changed: number;
  /** Characters outside ASCII that the encoding does not have; more than none needs confirmation. */
  unmapped: number;
}

/** What a decoder writes for bytes that are no UTF-8. */
const REPLACEMENT = '\ufffd';

const WINDOWS_1252 = (() => {
  const decoder = new TextDecoder('windows-1252');
  return new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const));
})();

const oneByte = (written: readonly string[]): Map<string, string> =>
  new Map(written.map((character, index) => [character, LETTERS[index] ?? '']));

const vniTable = (): Map<string, string> => {
  const table = new Map<string, string>();
  for (const [index, written] of VNI.entries()) {
    const letter = LETTERS[index] ?? '';
    table.set(written, letter);
    table.set(written.toUpperCase(), letter.toUpperCase());
    // typists also left the mark small after a capital
    table.set(written.slice(0, 1).toUpperCase() + written.slice(1), letter.toUpperCase());
  }
  return table;
};

const TABLES = {
  tcvn3: new Map([...oneByte(TCVN3), ...TCVN3_CAPITALS.map(([letter, written]) => [written, letter] as const)]),
  vni: vniTable(),
  vps: oneByte(VPS),
  viscii: oneByte(VISCII),
};

/** Frequent words with a marked letter: seen after decoding, they tell which encoding it was. */
const COMMON_WORDS = new Set(
  (
    'và của các được có là để một về đến việc với điện quản lý tử văn bản quyết định tỉnh việt ngày này cơ tổ chức điều ' +
    'khoản nghị phủ ủy dân nhân thông báo sở phòng gửi nhận hệ thống xử đơn vị thực hiện căn cứ phải người không theo tại ' +
    'số ký hiệu công quy chế đề năm tháng kế hoạch cộng hòa hội chủ nghĩa độc lập tự hạnh phúc'
  ).split(' '),
);

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

const commonWords = (text: string): number =>
  (text.match(/\p{L}+/gu) ?? []).filter((word) => /[^A-Za-z]/.test(word) && COMMON_WORDS.has(word.toLowerCase()))
    .length;

/**
 * Encoding that the name of a font betrays. A final H in a TCVN3 font means capitals drawn from the codes of small letters.
 *
 * @source CHR-07
 * @source CHR-10
 */
export function encodingOfFont(font: string): { encoding: LegacyEncoding; isCapitals: boolean } | undefined {
  if (/^\.vn/i.test(font)) return { encoding: 'tcvn3', isCapitals: /H$/.test(font) };
  if (/^vni-/i.test(font)) return { encoding: 'vni', isCapitals: false };
  return /^vps /i.test(font) ? { encoding: 'vps', isCapitals: false } : undefined;
}

/**
 * Encoding of a paragraph, from its characters and the words they make. Texts without Vietnamese in any encoding, also in
 * foreign languages, are Unicode.
 *
 * @source CHR-11
 * @source CHR-12
 * @source CHR-13
 */
export function detectEncoding(paragraph: string): EncodingFinding {
  const text = paragraph.normalize('NFC');
  const letters = count(text, /\p{L}/gu) || 1;
  const vietnamese = count(text, /[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]/g);
  const doubleEncoded = count(text, /á»|áº|Ä[‘\u0090]|Æ[°¡]/g);
  const tcvn3 = count(text, /(?<=[A-Za-z])[\u00a1-\u00bf](?=[A-Za-z])|§|®(?=\p{L})/gu);
  const vni = count(text, /[aeouy][øùûõï]|[aeo][âàáåãä]|a[êèéúüë]|ñ[aeiouyöô]/gi);
  if (vietnamese / letters > 0.02 && vietnamese > Math.max(doubleEncoded, tcvn3, vni)) {
    return { encoding: 'unicode', markerWords: commonWords(text), isCertain: true };
  }

  const readings = (['utf8-as-1252', 'tcvn3', 'vni', 'vps', 'viscii'] as const)
    .map((encoding) => ({ encoding, markerWords: commonWords(decode(text, encoding).text) }))
    .toSorted((a, b) => b.markerWords - a.markerWords);
  const [best] = readings;
  const own = commonWords(text);
  if (best && best.markerWords >= 2 && best.markerWords > own) return { ...best, isCertain: true };

  const doubted = (encoding: LegacyEncoding): EncodingFinding => ({
    encoding,
    markerWords: readings.find((reading) => reading.encoding === encoding)?.markerWords ?? 0,
    isCertain: false,
  });
  if (doubleEncoded > 0) return doubted('utf8-as-1252');
  if (tcvn3 / letters > 0.03) return doubted('tcvn3');
  if (vni / letters > 0.04) return doubted('vni');
  const signsInWords =
    count(text, /(?<=[A-Za-z])[\u0080-\u00bf€‚ƒ„…†‡ˆ‰‹‘’“”•˜™›](?=[A-Za-z])/g) - count(text, /\p{L}’\p{L}/gu);
  if (signsInWords / letters > 0.01) return doubted('unknown');
  return { encoding: 'unicode', markerWords: own, isCertain: true };
}

/**
 * Converts legacy text to Unicode, the longest match first.
 *
 * @param isCapitals the text was set in a capitals font (see `encodingOfFont`)
 * @source CHR-15
 */
export function convertLegacyText(text: string, encoding: ConvertibleEncoding, isCapitals = false): Conversion {
  const conversion = decode(text, encoding);
  return isCapitals ? { ...conversion, text: conversion.text.toUpperCase() } : conversion;
}

function decode(text: string, encoding: ConvertibleEncoding | 'vps' | 'viscii'): Conversion {
  if (encoding === 'utf8-as-1252') return decodeTwice(text);
  const table = TABLES[encoding];
  let out = '';
  let changed = 0;
  let unmapped = 0;
  for (let at = 0; at < text.length;) {
    const pair = table.get(text.slice(at, at + 2));
    const letter = pair ?? table.get(text.charAt(at));
    if (letter === undefined) {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      // typographic signs and no-break spaces are the same in both worlds
      if (/[^\u0000-\u007f\u00a0\u2010-\u2026]/.test(character)) unmapped += 1;
      out += character;
      at += character.length;
    } else {
      out += letter;
      changed += 1;
      at += pair === undefined ? 1 : 2;
    }
  }
  return { text: out.normalize('NFC'), changed, unmapped };
}

/** Bytes of UTF-8 letters hide as runs of Windows-1252 characters. A run that is not UTF-8 stays as it is. */
function decodeTwice(text: string): Conversion {
  const decoder = new TextDecoder();
  let changed = 0;
  let unmapped = 0;
  const out = text.replace(/[^\u0000-\u007f]+/g, (run) => {
    const codes = [...run].map((character) => WINDOWS_1252.get(character));
    const decoded = codes.every((code) => code !== undefined) ? decoder.decode(Uint8Array.from(codes)) : REPLACEMENT;
    if (decoded.includes(REPLACEMENT)) {
      unmapped += [...run].length;
      return run;
    }
    changed += [...decoded].length;
    return decoded;
  });
  return { text: out.normalize('NFC'), changed, unmapped };
}
