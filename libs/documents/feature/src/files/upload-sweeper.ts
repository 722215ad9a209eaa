import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { DirectoryAgency } from '@qlvb/directory';
import { Database } from '@qlvb/platform-database';
import { CLOCK } from '@qlvb/platform-service';
import { OBJECT_STORE } from '@qlvb/platform-storage';
import type { ObjectStore } from '@qlvb/platform-storage';
import type { Clock } from '@qlvb/shared-domain';

/** How long an upload waits for a document to hold it. */
export const KEEP_UNUSED_MS = 24 * 60 * 60 * 1000;
const EVERY_MS = 60 * 60 * 1000;
/** Reading the directory needs no agency's rows. */
const NO_AGENCY = '00000000-0000-0000-0000-000000000000';

/**
 * Forgets uploads that no document has come to hold, and what interrupted uploads left in the store. Bytes stay: an object is
 * addressed by its content, and another service may hold the same one.
 */
@Injectable()
export class UploadSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger('Uploads');
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.#running = this.sweep().then(
        () => undefined,
        (error: unknown) => this.#log.error(error),
      );
    }, EVERY_MS);
    this.#timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  /** @returns how many uploads were forgotten */
  async sweep(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - KEEP_UNUSED_MS);
    const agencies = await this.database.read(
      (manager) => manager.find(DirectoryAgency, { select: { agencyId: true } }),
      {
        agencyId: NO_AGENCY,
      },
    );
    let forgotten = 0;
    for (const { agencyId } of agencies) forgotten += await this.#sweepAgency(agencyId, before);
    await this.store.sweep(KEEP_UNUSED_MS);
    return forgotten;
  }

  #sweepAgency(agencyId: string, before: Date): Promise<number> {
    return this.database.command(
      async (tx) => {
        const [rows] = (await tx.manager.query(
          `DELETE FROM file WHERE id IN (
             SELECT id FROM file f WHERE uploaded_by IS NOT NULL AND created_at < $1
               AND NOT EXISTS (SELECT 1 FROM file_use u WHERE u.agency_id = f.agency_id AND u.file_id = f.id)
             LIMIT 1000 FOR UPDATE SKIP LOCKED)
           RETURNING id, sha256`,
          [before],
        )) as [{ id: string; sha256: string }[], number];
        for (const { id, sha256 } of rows) {
          tx.audit({ action: 'file.forgotten', resource: { type: 'file', id }, before: { sha256 } });
        }
        return rows.length;
      },
      { agencyId },
    );
  }
}
