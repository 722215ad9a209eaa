import { Inject, Injectable } from '@nestjs/common';
import { DirectoryAgency } from '@qlvb/directory';
import { Database } from '@qlvb/platform-database';
import { defineJob, OnJob } from '@qlvb/platform-jobs';
import { CLOCK } from '@qlvb/platform-service';
import type { Clock } from '@qlvb/shared-domain';
import { z } from 'zod';

/** How long an upload waits for a document to hold it. */
export const KEEP_UNUSED_MS = 24 * 60 * 60 * 1000;
/** Reading the directory needs no agency's rows. */
const NO_AGENCY = '00000000-0000-0000-0000-000000000000';

export const ForgetUploads = defineJob({
  kind: 'documents.forget-uploads',
  data: z.object({}),
  scope: 'platform',
  everySeconds: 60 * 60,
});

/**
 * Forgets uploads that no document has come to hold. Bytes stay: an object is
 * addressed by its content, and another service may hold the same one.
 */
@Injectable()
export class UploadSweeper {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns how many uploads were forgotten */
  @OnJob(ForgetUploads)
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
