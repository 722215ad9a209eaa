import { Injectable } from '@nestjs/common';
import type { Tx } from '@qlvb/platform-database';

export interface Work {
  readonly kind: 'interpret-package' | 'send-package';
  readonly id: string;
  readonly urgent: boolean;
}

/** Work that is due, written down in the transaction that makes it due. */
@Injectable()
export class WorkQueue {
  async enqueue(tx: Tx, { kind, id, urgent }: Work): Promise<void> {
    await tx.manager.query(
      `INSERT INTO exchange_work (agency_id, kind, id, urgent, due_at, attempts) VALUES ($1, $2, $3, $4, now(), 0)
       ON CONFLICT (agency_id, kind, id) DO UPDATE SET due_at = now(), leased_until = NULL, attempts = 0`,
      [tx.agencyId, kind, id, urgent],
    );
    await tx.manager.query(`SELECT pg_notify('outbox', '')`);
  }
}
