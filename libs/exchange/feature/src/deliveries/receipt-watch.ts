import { Inject, Injectable } from '@nestjs/common';
import { DirectoryAgency } from '@qlvb/directory';
import type { SendFailure } from '@qlvb/exchange-domain';
import { Database } from '@qlvb/platform-database';
import { defineJob, OnJob } from '@qlvb/platform-jobs';
import type { Job } from '@qlvb/platform-jobs';
import { CLOCK } from '@qlvb/platform-service';
import type { Clock } from '@qlvb/shared-domain';
import { z } from 'zod';
import { FailedDeliveries } from './failed-deliveries.ts';

/** Longer than a package waits for a late directory, which tells its sender by itself. */
const RECEIPT_WITHIN_MS = 60 * 60 * 1000;
/** Of one agency in one run. */
const AT_ONCE = 200;
/** Reading the directory needs no agency's rows. */
const NO_AGENCY = '00000000-0000-0000-0000-000000000000';

export const WatchReceipts = defineJob({
  kind: 'exchange.watch-receipts',
  data: z.object({}),
  scope: 'platform',
  everySeconds: 10 * 60,
});

/**
 * "Sent" is what the channel's receipt proves. Where none comes, the package may be lost on the way or be late: the sender is told
 * so and may hand it over again, and a receipt that comes after all counts.
 */
@Injectable()
export class ReceiptWatch {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(FailedDeliveries) private readonly failures: FailedDeliveries,
  ) {}

  /** One delivery that cannot be written down keeps none of the others back. @throws AggregateError of those @source EX-TIME-1 */
  @OnJob(WatchReceipts)
  async look({ signal }: Pick<Job, 'signal'>): Promise<void> {
    const before = new Date(this.clock.now().getTime() - RECEIPT_WITHIN_MS);
    const agencies = await this.database.read(
      (manager) => manager.find(DirectoryAgency, { select: { agencyId: true } }),
      { agencyId: NO_AGENCY },
    );
    const failed: unknown[] = [];
    for (const { agencyId } of agencies) {
      for (const id of await this.#withoutReceipt(agencyId, before)) {
        signal.throwIfAborted();
        await this.database
          .command((tx) => this.failures.record(tx, id, 'receipt-missing' satisfies SendFailure, ''), { agencyId })
          .catch((error: unknown) => failed.push(error));
      }
    }
    if (failed.length > 0) throw new AggregateError(failed, `${failed.length} deliveries could not be told of`);
  }

  /** Since they were last queued, and since they were written. */
  async #withoutReceipt(agencyId: string, before: Date): Promise<string[]> {
    const rows = await this.database.read(
      (manager) =>
        manager.query(
          `SELECT d.id FROM delivery d JOIN package p ON p.agency_id = d.agency_id AND p.id = d.package_id
           WHERE d.agency_id = $1 AND d.status = 'queued' AND d.updated_at < $2 AND p.created_at < $2
           ORDER BY d.updated_at LIMIT ${AT_ONCE}`,
          [agencyId, before],
        ) as Promise<{ id: string }[]>,
      { agencyId },
    );
    return rows.map(({ id }) => id);
  }
}
