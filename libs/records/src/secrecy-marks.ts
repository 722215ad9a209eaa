/** Độ mật: mật, tối mật, tuyệt mật. Documents with any of them have no place in this system. */
export type Secrecy = 'confidential' | 'secret' | 'topSecret';

const MARKS: ReadonlyMap<string, Secrecy> = new Map([
  ['mật', 'confidential'],
  ['tối mật', 'secret'],
  ['tuyệt mật', 'topSecret'],
]);

const fold = (text: string): string => text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();

/** Longer than any mark with its brackets: a longer value says something else, and free text is what it is. */
const LONGEST_FIELD = 64;

/**
 * Secrecy that a field made for it says, `Mật` or `TỐI MẬT`; undefined when it says none.
 *
 * @source EX-SEC-1
 */
export function secrecyOfField(value: string): Secrecy | undefined {
  return value.length > LONGEST_FIELD ? undefined : MARKS.get(fold(value).replace(/^[[(]+|[\])]+$/g, ''));
}

/** `Độ mật: Tối mật`; without the colon the words are what a text is about, not a mark on it. */
const LABELLED = /(?:độ|mức độ|cấp độ)\s+(?:bảo\s+)?mật\s*[:=]\s*(tuyệt mật|tối mật|mật)(?![\p{L}\p{N}])/u;

/** A mark stands apart: alone on its line, in brackets, before or after a dash or colon. */
const SEPARATORS = /[\r\n()[\]{}|:;*_–—]+|\s-\s|^-|-$|\.\s|\.$/u;

/** Two-word marks in capitals inside a text that is not all capitals. */
const STAMP = /(?<![\p{L}\p{N}])(TUYỆT MẬT|TỐI MẬT|MẬT)(?![\p{L}\p{N}])/gu;

/** Characters beside a stamp in which its neighbouring word is looked for: one text may hold thousands of stamps. */
const NEIGHBOUR = 80;

const isCapital = (word: string | undefined): boolean =>
  word !== undefined && /\p{Lu}/u.test(word) && word === word.toUpperCase();

/** Capitals in ordinary text: `BẢO MẬT` and `MẬT KHẨU` are other words, a stamp has small letters (or nothing) around it. */
function stampIn(text: string): Secrecy | undefined {
  if (text === text.toUpperCase()) {
    // everything is in capitals: only a two-word mark at either end is beyond doubt
    const edge = /^(TUYỆT MẬT|TỐI MẬT)(?!\p{L})|(?<!\p{L})(TUYỆT MẬT|TỐI MẬT)$/u.exec(text);
    return edge ? MARKS.get(fold(edge[0])) : undefined;
  }
  for (const match of text.matchAll(STAMP)) {
    const end = match.index + match[0].length;
    const before = /\S+\s*$/u.exec(text.slice(Math.max(match.index - NEIGHBOUR, 0), match.index));
    const after = /^\s*\S+/u.exec(text.slice(end, end + NEIGHBOUR));
    if (!isCapital(before?.[0].trim()) && !isCapital(after?.[0].trim())) return MARKS.get(fold(match[0]));
  }
  return undefined;
}

/**
 * Secrecy mark in free text such as a subject or a description. Words in a sentence are no mark ("bảo mật", "mật khẩu",
 * "tài liệu mật", "mật độ"): it must stand apart, follow a label, or be stamped in capitals.
 *
 * @returns the highest mark found; undefined for an ordinary text
 * @source EX-SEC-1
 */
export function secrecyMarkIn(text: string): Secrecy | undefined {
  const composed = text
    .normalize('NFC')
    .replace(/[ \t\u00a0]+/g, ' ')
    .trim();
  const found = new Set<Secrecy | undefined>();
  const labelled = LABELLED.exec(composed.toLowerCase());
  if (labelled) found.add(MARKS.get(fold(labelled[1] ?? '')));
  for (const segment of composed.split(SEPARATORS)) found.add(MARKS.get(fold(segment ?? '')));
  found.add(stampIn(composed));
  return ([...MARKS.values()] as Secrecy[]).toReversed().find((secrecy) => found.has(secrecy));
}
