import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Service } from '@qlvb/installation';
import type { Head, JournalSeal } from '@qlvb/platform-database';
import { Unusable } from '../unusable.ts';
import type { AgencyHead } from './audits.ts';

/** What was taken away from an installation at some time. */
export class KeptHeads {
  readonly #lines: readonly Head[];

  private constructor(lines: readonly Head[]) {
    this.#lines = lines;
  }

  /** Of a file of `audit heads --json`, or of a folder of such files; nothing without a path. @throws Unusable */
  static read(path: string | undefined): KeptHeads {
    if (path === undefined) return new KeptHeads([]);
    try {
      const files = statSync(path).isDirectory()
        ? readdirSync(path)
            .filter((name) => name.endsWith('.jsonl'))
            .map((name) => join(path, name))
        : [path];
      const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean));
      return new KeptHeads(lines.map((line) => JSON.parse(line) as Head));
    } catch (cause) {
      throw new Unusable(`Không đọc được ${path}. (The heads cannot be read.)`, { cause });
    }
  }

  chains(service: Service): AgencyHead[] {
    return this.#lines.flatMap((line) => (line.service === service && 'agencyId' in line ? [line] : []));
  }

  seals(service: Service): JournalSeal[] {
    return this.#lines.flatMap((line) => (line.service === service && 'journal' in line ? [line.journal] : []));
  }
}
