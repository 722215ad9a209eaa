import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** One accepted command: what was asked under which key, and what was answered. */
export interface AcceptedCommand {
  readonly at: string;
  readonly by: string;
  readonly agencyId: string;
  readonly method: string;
  readonly path: string;
  /** Idempotency-Key; empty where If-Match does its work. */
  readonly key: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly answer: Readonly<Record<string, unknown>>;
  readonly replayed: boolean;
}

/** The record of every accepted command of a run, one JSON line each: a checker compares it with the databases. */
export class History {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
  }

  record(command: AcceptedCommand): void {
    appendFileSync(this.#file, `${JSON.stringify(command)}\n`);
  }
}
