import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Secrets of this installation, made once and kept with its data; nothing has a built-in default. */
export class Secrets {
  readonly #file: string;
  readonly #values: Record<string, string>;

  constructor(folder: string) {
    this.#file = join(folder, 'secrets.json');
    this.#values = existsSync(this.#file)
      ? (JSON.parse(readFileSync(this.#file, 'utf8')) as Record<string, string>)
      : {};
  }

  /** 32 random bytes in base64url under a name; the same at every start. */
  get(name: string): string {
    const known = this.#values[name];
    if (known) return known;
    const made = randomBytes(32).toString('base64url');
    this.#values[name] = made;
    const draft = `${this.#file}.new`;
    writeFileSync(draft, JSON.stringify(this.#values, null, 2), { mode: 0o600 });
    renameSync(draft, this.#file);
    return made;
  }
}
