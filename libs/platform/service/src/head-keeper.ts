import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { Database, takeHeads } from '@qlvb/platform-database';
import type { Head } from '@qlvb/platform-database';
import { defineJob, OnJob } from '@qlvb/platform-jobs';
import { newId } from '@qlvb/shared-domain';
import type { Clock } from '@qlvb/shared-domain';
import { z } from 'zod';
import { CLOCK, HEADS_FOLDER } from './tokens.ts';

/** Of an installation that is upgraded the first seal covers every row there is. */
const SEALING_MS = 10 * 60 * 1000;

export const KeepHeads = defineJob({
  kind: 'platform.keep-heads',
  data: z.object({}),
  scope: 'platform',
  everySeconds: 60 * 60,
  leaseSeconds: 60,
});

/**
 * Takes the heads of the audit chains and the seal of the row journal out of the database, into a folder where nobody who writes to
 * the database writes. Files are added and never touched again; a head that has not moved is not told twice by one process.
 *
 * @source SEC-L05
 */
@Injectable()
export class HeadKeeper {
  readonly #told = new Map<string, string>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(HEADS_FOLDER) private readonly folder: string,
  ) {}

  @OnJob(KeepHeads)
  async keep(): Promise<void> {
    const { service, source } = this.database;
    const heads = await source.transaction(async (manager) => {
      await manager.query(`SET LOCAL statement_timeout = ${SEALING_MS}`);
      return takeHeads(service, (sql) => manager.query(sql));
    });
    const moved = heads.filter((head) => this.#told.get(nameOf(head)) !== JSON.stringify(head));
    if (moved.length === 0) return;
    await this.#write(moved);
    for (const head of moved) this.#told.set(nameOf(head), JSON.stringify(head));
  }

  async #write(heads: readonly Head[]): Promise<void> {
    const at = this.clock.now().toISOString().replaceAll(':', '-');
    await mkdir(this.folder, { recursive: true });
    const file = await open(
      join(this.folder, `${at}-${this.database.service}-${newId().slice(-8)}.jsonl`),
      'wx',
      0o444,
    );
    try {
      await file.writeFile(heads.map((head) => `${JSON.stringify(head)}\n`).join(''));
      await file.sync();
    } finally {
      await file.close();
    }
    const folder = await open(this.folder);
    await folder.sync();
    await folder.close();
  }
}

const nameOf = (head: Head): string => ('agencyId' in head ? head.agencyId : 'journal');
