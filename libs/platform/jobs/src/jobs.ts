import { Injectable } from '@nestjs/common';
import { currentContext } from '@qlvb/platform-context';
import type { Tx } from '@qlvb/platform-database';
import { newId } from '@qlvb/shared-domain';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { JobDeclaration } from './define-job.ts';
import { TooManyJobs } from './jobs.problems.ts';

export const JOB_STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

export interface EnqueueOptions {
  /** One at a time per key; one that already waits takes over the data. */
  readonly key?: string;
  readonly dueAt?: Date;
  readonly urgent?: boolean;
  /** Who asked for it, where somebody did. */
  readonly requestedBy?: string;
}

/** A job as the agency it belongs to may see it. */
export interface JobStatus {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  /** As its declaration reads them. */
  readonly data: unknown;
  readonly requestedBy: string | null;
  readonly attempts: number;
  readonly dueAt: Date;
  readonly cancelAskedAt: Date | null;
  readonly done: number | null;
  readonly total: number | null;
  readonly step: string | null;
  readonly result: unknown;
  readonly failure: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** Work that is due, written down in the transaction that makes it due. */
@Injectable()
export class Jobs {
  /**
   * @returns the job's id; that of the one that waits already under the same key, if there is one
   * @throws TooManyJobs for a kind with a limit of what may wait
   */
  async enqueue<Data extends z.ZodType>(
    tx: Tx,
    { kind, data: schema, scope, room }: JobDeclaration<Data>,
    data: z.input<Data>,
    { key, dueAt, urgent = false, requestedBy }: EnqueueOptions = {},
  ): Promise<string> {
    const [row] = (await tx.manager.query(
      'SELECT platform.enqueue_job($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS id',
      [
        newId(),
        kind,
        scope === 'agency' ? tx.agencyId : null,
        key ?? null,
        JSON.stringify(schema.parse(data)),
        urgent,
        currentContext()?.traceparent ?? null,
        dueAt ?? tx.now,
        tx.now,
        requestedBy ?? null,
        room?.agency ?? null,
        room?.person ?? null,
      ],
    )) as { id: string | null }[];
    if (!row) throw new Error('platform.enqueue_job returned no row');
    if (row.id === null) throw TooManyJobs();
    return row.id;
  }

  /**
   * Whether one more would be taken on now, for who would first send many bytes; `enqueue` decides.
   *
   * @throws TooManyJobs
   */
  async assertRoom(manager: EntityManager, { kind, room }: JobDeclaration, requestedBy: string): Promise<void> {
    const [row] = (await manager.query(
      `SELECT count(*)::int AS agency, count(*) FILTER (WHERE requested_by = $2)::int AS person
       FROM platform.job WHERE kind = $1 AND state IN ('waiting', 'running')`,
      [kind, requestedBy],
    )) as { agency: number; person: number }[];
    if (room && row && (row.agency >= room.agency || row.person >= room.person)) throw TooManyJobs();
  }

  /** What waits ends at once, what runs is asked to. @returns the state after that; undefined for no job of this agency */
  async cancel(tx: Tx, id: string): Promise<JobState | undefined> {
    const [row] = (await tx.manager.query('SELECT platform.cancel_job($1, $2, $3) AS state', [
      id,
      tx.agencyId,
      tx.now,
    ])) as { state: JobState | null }[];
    return row?.state ?? undefined;
  }

  /** Under the agency's row-level security. */
  async find(manager: EntityManager, id: string): Promise<JobStatus | undefined> {
    const [row] = (await manager.query(
      `SELECT id, kind, state, data, requested_by AS "requestedBy", attempts, due_at AS "dueAt", cancel_asked_at AS "cancelAskedAt", progress_done::float8 AS done,
         progress_total::float8 AS total, progress_step AS step, result, failure, created_at AS "createdAt",
         started_at AS "startedAt", finished_at AS "finishedAt"
       FROM platform.job WHERE id = $1`,
      [id],
    )) as JobStatus[];
    return row;
  }
}
