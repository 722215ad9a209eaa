import { pageVariants, producerShapes } from './producer-shapes.ts';

export interface DamagedPdf {
  /** Which damage, and in which of its turns. */
  readonly what: string;
  readonly pdf: Uint8Array;
}

type Damage = (text: string, random: () => number) => string;

/** The same numbers at every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const replaceLast = (text: string, what: RegExp, by: (found: string) => string): string => {
  const found = [...text.matchAll(what)].at(-1);
  return found ? text.slice(0, found.index) + by(found[0]) + text.slice(found.index + found[0].length) : text;
};
const shifted = (text: string, by: number): string =>
  replaceLast(text, /startxref\n\d+/g, (found) => `startxref\n${Number(found.split('\n')[1]) + by}`);

/** What writers, mail servers and transfers do to the structure of a file, and what attackers do. */
const DAMAGES: Readonly<Record<string, Damage>> = {
  nothing: (text) => text,
  'a line break more': (text) => `${text}\r\n`,
  '900 NULs behind the end': (text) => text + '\0'.repeat(900),
  '2,000 NULs behind the end': (text) => text + '\0'.repeat(2_000),
  'a comment behind the end': (text) => `${text}% saved\n`,
  'no end': (text) => text.replace(/%%EOF\s*$/, ''),
  'an end twice': (text) => `${text}%%EOF\n`,
  'cut somewhere': (text, random) => text.slice(0, Math.floor(text.length * random())),
  'startxref off': (text, random) => shifted(text, Math.floor(random() * 9) - 4),
  'an offset off': (text, random) =>
    replaceLast(
      text,
      /\d{10} 00000 n/g,
      (found) => `${String(Number(found.slice(0, 10)) + 1 + Math.floor(random() * 5)).padStart(10, '0')} 00000 n`,
    ),
  'an entry free': (text) => replaceLast(text, /\d{10} 00000 n/g, () => '0000000000 65535 f'),
  'another generation': (text) => replaceLast(text, /00000 n/g, () => '00001 n'),
  'a byte flipped': (text, random) => {
    const at = Math.floor(random() * text.length);
    return (
      text.slice(0, at) +
      String.fromCharCode(text.charCodeAt(at) ^ (1 << Math.floor(random() * 8))) +
      text.slice(at + 1)
    );
  },
  'line ends of a mail': (text) => text.replaceAll('\n', '\r\n'),
  'bytes in front': (text) => `\n\n${text}`,
  'a key twice': (text) => text.replace('/Type /Catalog', '/Type /Catalog /Type /Catalog'),
  'a password': (text) => replaceLast(text, /\/Root 1 0 R/g, (found) => `${found} /Encrypt << /V 1 >>`),
  'a loop of sections': (text) =>
    replaceLast(
      text,
      /\/Root 1 0 R/g,
      (found) => `${found} /Prev ${/startxref\n(\d+)\n%%EOF\s*$/.exec(text)?.[1] ?? 0}`,
    ),
};
const TURNS: Readonly<Record<string, number>> = {
  'cut somewhere': 5,
  'startxref off': 5,
  'an offset off': 3,
  'a byte flipped': 25,
};

/** The file as it is and with every damage, the same ones at every run. */
export function damagedCopies(pdf: Uint8Array, seed: number): readonly DamagedPdf[] {
  const random = randomFrom(seed);
  const text = Buffer.from(pdf).toString('latin1');
  return Object.entries(DAMAGES).flatMap(([what, damage]) =>
    Array.from({ length: TURNS[what] ?? 1 }, (_, turn) => ({
      what: `${what} ${turn}`,
      pdf: Buffer.from(damage(text, random), 'latin1'),
    })),
  );
}

/** Files of every producer and with every kind of page, each with its damaged copies. */
export const damagedFiles = (): readonly { readonly name: string; readonly copies: readonly DamagedPdf[] }[] =>
  [...producerShapes(false), ...producerShapes(true), ...pageVariants()].map(({ name, pdf }, index) => ({
    name: `${name} (${index})`,
    copies: damagedCopies(pdf, index + 1),
  }));
