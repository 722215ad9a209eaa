import { appendFileSync } from 'node:fs';

/**
 * What a process says, kept in a file. A disk without room ends nobody: what cannot be written is told once, and the file goes on when
 * there is room again.
 */
export class LogFile {
  readonly path: string;
  readonly #say: (line: string) => void;
  #full = false;

  constructor(path: string, say: (line: string) => void) {
    this.path = path;
    this.#say = say;
  }

  append(text: string | Buffer): void {
    try {
      appendFileSync(this.path, text);
      this.#full = false;
    } catch (error) {
      if (!this.#full)
        this.#say(`Không ghi được ${this.path}: ${(error as Error).message} (the log cannot be written)`);
      this.#full = true;
    }
  }
}
