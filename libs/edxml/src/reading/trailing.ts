import { secrecyMarkIn } from '@qlvb/records';
import { MAX_MARKS_IN_A_ROW, textFault } from '@qlvb/vietnam';
import { LimitExceeded } from '../edxml.problems.ts';
import type { ReadLimits } from '../package/limits.ts';
import type { Reading } from './group.ts';
import { noteAmbiguous } from './only-one.ts';

/** Where another element begins; an address such as `<a1@host>` is none. */
const START_TAG = /^<((?:[\p{L}_][\p{L}\p{N}_.-]*:)?[\p{L}_][\p{L}\p{N}_.-]*)[\s/>]/u;

/**
 * What follows the root element. It is no part of the package, but it was sent with it: another root makes the package one that can be read
 * in two ways, and a mark of state secret is one wherever it stands.
 *
 * @source EX-SEC-1
 */
export class Trailing {
  readonly #reading: Reading;
  readonly #limits: Pick<ReadLimits, 'tokenCharacters' | 'textCharacters'>;
  /** From the last `<` on: where it ends has not come yet. */
  #held = '';
  #characters = 0;
  #hasElement = false;

  constructor(reading: Reading, limits: Pick<ReadLimits, 'tokenCharacters' | 'textCharacters'>) {
    this.#reading = reading;
    this.#limits = limits;
  }

  /** @param root as it is written @throws LimitExceeded for a text that cannot be composed at a sensible cost */
  add(text: string, root: string): void {
    if (text.trim() !== '') this.#reading.noteOnce('trailing-content-ignored');
    const [first = '', ...pieces] = (this.#held + text).split(/(?=<)/);
    const all = [first, ...pieces];
    this.#held = all.pop() ?? '';
    for (const piece of all) this.#look(piece, root);
    // contents of attachments have no markup for long: they are no texts
    if (this.#held.length > this.#limits.tokenCharacters) this.#held = '';
  }

  end(root: string): void {
    this.#look(this.#held, root);
    this.#held = '';
  }

  /** One tag, or none, and the text behind it. */
  #look(piece: string, root: string): void {
    const [, another] = START_TAG.exec(piece) ?? [];
    if (another !== undefined && !this.#hasElement) noteAmbiguous(this.#reading, root, root, another);
    this.#hasElement ||= another !== undefined;
    const text = piece.slice(piece.startsWith('<') ? piece.indexOf('>') + 1 : 0);
    this.#characters += text.length;
    if (this.#characters > this.#limits.textCharacters) return;
    if (textFault(text) === 'too-many-marks') throw LimitExceeded({ limit: 'marksInARow', value: MAX_MARKS_IN_A_ROW });
    if (secrecyMarkIn(text)) this.#reading.note('secrecy-mark', root, text);
  }
}
