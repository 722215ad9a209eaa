/**
 * Rule ids in running text. A word is an id only as a whole: `CID-1` is not found in `CID-10`, nor anything in the range
 * `CID-01…10`.
 */
export class IdentifierReader {
  readonly #known: ReadonlySet<string>;
  readonly #families: ReadonlySet<string>;

  constructor(ids: Iterable<string>) {
    this.#known = new Set(ids);
    this.#families = new Set([...this.#known].map(familyOf));
  }

  /** Splits a text into ids of the catalogue and words that look like ids and are none. */
  read(text: string): { known: string[]; unknown: string[] } {
    const words = text.normalize('NFC').match(/[\p{L}\p{N}]+(?:(?:[-.…–]|\.\.)+[\p{L}\p{N}]+)*/gu) ?? [];
    const known = words.filter((word) => this.#known.has(word));
    const unknown = words.filter((word) => !this.#known.has(word) && this.#looksLikeId(word));
    return { known: [...new Set(known)], unknown: [...new Set(unknown)] };
  }

  #looksLikeId(word: string): boolean {
    const family = familyOf(word);
    // one-letter families (R7, D12) are too short to tell an id from an ordinary word
    return family.endsWith('-') && this.#families.has(family) && /[0-9]/.test(word.slice(family.length));
  }
}

/** `NĐ30-A15-1` belongs to `NĐ30-`, `CSIP16` to `CSIP`. */
function familyOf(id: string): string {
  return /^\p{L}+(?:[0-9]+(?=-))?-?/u.exec(id)?.[0] ?? id;
}
