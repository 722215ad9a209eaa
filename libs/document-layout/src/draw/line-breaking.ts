import type { FontStyle } from '../fonts.ts';

/** A stretch of text in one style. */
export interface Run {
  readonly text: string;
  readonly style: FontStyle;
}

/** Runs of one line with their natural width; a justified line is stretched by its word spaces. */
export interface Line {
  readonly runs: readonly Run[];
  readonly width: number;
  /** Number of spaces, no-break ones included: all are stretched. */
  readonly gaps: number;
  /** The last line of a paragraph is not stretched. */
  readonly last: boolean;
}

export type Measure = (text: string, style: FontStyle) => number;

/**
 * Breaks runs into lines, greedily at spaces; a word that is wider than a line is cut between characters.
 *
 * @param firstWidth width left on the first line, after its indent
 * @param width width of the other lines
 */
export function breakLines(runs: readonly Run[], firstWidth: number, width: number, measure: Measure): Line[] {
  const lines: Line[] = [];
  let current: Run[] = [];
  let used = 0;
  const available = (): number => (lines.length === 0 ? firstWidth : width);
  const flush = (last: boolean): void => {
    const joined = joinRuns(current);
    lines.push({ runs: joined, width: used, gaps: spacesIn(joined.map(({ text }) => text).join('')), last });
    current = [];
    used = 0;
  };
  const place = (word: Run): void => {
    const wordWidth = measure(word.text, word.style);
    const space = current.length > 0 ? measure(' ', word.style) : 0;
    if (current.length > 0 && used + space + wordWidth > available()) {
      flush(false);
      place(word);
      return;
    }
    if (wordWidth > available() && [...word.text].length > 1) {
      const [head, tail] = cut(word, available(), measure);
      place(head);
      place(tail);
      return;
    }
    used += space + wordWidth;
    current.push(word);
  };
  for (const { text, style } of runs) for (const word of wordsOf(text)) place({ text: word, style });
  flush(true);
  return lines;
}

/** As many lines as needed, none much longer than the others: for centred texts. */
export function balancedLines(runs: readonly Run[], width: number, measure: Measure): Line[] {
  let lines = breakLines(runs, width, width, measure);
  for (let narrower = width - STEP; narrower > width / 3; narrower -= STEP) {
    const candidate = breakLines(runs, narrower, narrower, measure);
    if (candidate.length > lines.length) break;
    lines = candidate;
  }
  return lines;
}

const STEP = 4;

/** Number of spaces in a text. */
export const spacesIn = (text: string): number => text.match(/\s/g)?.length ?? 0;

/** Words between ordinary spaces; a no-break space binds. */
const wordsOf = (text: string): string[] => text.split(/[ \t\r\n]+/).filter(Boolean);

function cut(word: Run, width: number, measure: Measure): [Run, Run] {
  const characters = [...word.text];
  let count = characters.length - 1;
  while (count > 1 && measure(characters.slice(0, count).join(''), word.style) > width) count -= 1;
  return [
    { text: characters.slice(0, count).join(''), style: word.style },
    { text: characters.slice(count).join(''), style: word.style },
  ];
}

/** Words of one style that follow each other become one run with its spaces. */
function joinRuns(words: readonly Run[]): Run[] {
  const runs: { text: string; style: FontStyle }[] = [];
  words.forEach((word, index) => {
    const previous = runs.at(-1);
    if (index > 0 && previous) previous.text += ' ';
    if (previous?.style === word.style) previous.text += word.text;
    else runs.push({ ...word });
  });
  return runs;
}
