import { BrokenContent } from './attachment.ts';

const BLANKS = /[\t\n\r ]+/g;
const broken = (): BrokenContent => new BrokenContent('attachment-not-base64');

/**
 * Base64 to bytes, piece by piece. Blanks are dropped; any other foreign character is refused, because lenient decoding turns rubbish
 * into files.
 *
 * @source R7
 */
export class Base64Reader {
  #rest = '';
  #isPadded = false;

  /** @throws BrokenContent */
  read(text: string): Buffer {
    const clean = text.replace(BLANKS, '');
    const all = this.#rest + clean;
    const whole = all.length - (all.length % 4);
    this.#rest = all.slice(whole);
    const groups = all.slice(0, whole);
    if (clean === '') return Buffer.alloc(0);
    if (this.#isPadded) throw broken();
    const padding = groups.indexOf('=');
    const data = padding < 0 ? groups : groups.slice(0, padding);
    if (/[^A-Za-z0-9+/]/.test(data)) throw broken();
    if (padding >= 0) {
      if (padding < whole - 2 || !/^={1,2}$/.test(groups.slice(padding)) || this.#rest !== '') {
        throw broken();
      }
      this.#isPadded = true;
    }
    return Buffer.from(groups, 'base64');
  }

  /** @throws BrokenContent when characters of the last group are missing: the content was cut */
  end(): void {
    if (this.#rest !== '') throw broken();
  }
}

/** Bytes to base64 on one line, piece by piece. */
export class Base64Writer {
  #rest: Buffer = Buffer.alloc(0);

  write(chunk: Uint8Array): string {
    const all = this.#rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#rest, chunk]);
    const whole = all.length - (all.length % 3);
    this.#rest = Buffer.from(all.subarray(whole));
    return all.toString('base64', 0, whole);
  }

  end(): string {
    return this.#rest.toString('base64');
  }
}
