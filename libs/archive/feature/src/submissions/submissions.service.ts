import { Inject, Injectable } from '@nestjs/common';
import { performDossierAct, performSubmissionAct, assertAcceptable, assertForSubmission } from '@qlvb/archive-domain';
import type { SubmissionRole } from '@qlvb/archive-domain';
import { Directory } from '@qlvb/directory';
import { accessTo } from '@qlvb/platform-access';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { Database, reach, update } from '@qlvb/platform-database';
import type { RowAccess, Tx } from '@qlvb/platform-database';
import { Jobs } from '@qlvb/platform-jobs';
import { newId } from '@qlvb/shared-domain';
import type { EntityManager } from 'typeorm';
import { DossierNotFound, SubmissionNotFound } from '../archive.problems.ts';
import { capacitiesOf } from '../dossiers/dossier-access.ts';
import { announce } from '../dossiers/dossiers.service.ts';
import { DossierEntity, SubmissionEntity } from '../entities.ts';
import { PackSubmission, TakeSubmission } from './submission.jobs.ts';
import { submissionView } from './submission.view.ts';
import type { SubmissionView as View } from './submission.view.ts';

/** From the closed dossier to the agency archive: what people ask for; the work itself is `SubmissionWork`'s. */
@Injectable()
export class SubmissionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  /**
   * Hands a dossier in; its package is made afterwards, and the request has its code then. What was returned comes again under its
   * code, as the next batch.
   *
   * @throws DossierNotFound, DossierActNotAllowed, ActNotYours, NotForSubmission
   * @source NĐ30-A30-2
   * @source NĐ30-A31-2
   * @source SUB-7
   * @source SUB-21
   */
  submit(dossierId: string, actor: Actor): Promise<View> {
    return update(
      this.database,
      {
        entity: DossierEntity,
        id: dossierId,
        missing: DossierNotFound,
        action: 'dossier.submitted',
        access: accessTo('dossier', actor, this.database.now()),
      },
      async (dossier, tx, rights) => {
        dossier.state = performDossierAct(dossier.state, 'submit', capacitiesOf(rights));
        assertForSubmission(dossier.retention);
        const id = newId();
        const submission = Object.assign(new SubmissionEntity(), {
          id,
          agencyId: tx.agencyId,
          version: 1,
          createdAt: tx.now,
          updatedAt: tx.now,
          dossierId,
          ...(await nextBatch(tx, dossierId)),
          state: 'packing' as const,
          sipId: null,
          aipId: null,
          checks: [],
          submittedBy: await this.directory.me(),
          decidedBy: null,
          decidedAt: null,
          reason: null,
          failure: null,
          deciding: null,
          jobId: await this.jobs.enqueue(tx, PackSubmission, { submissionId: id }, { key: id }),
        });
        await tx.manager.insert(SubmissionEntity, submission);
        return this.#viewOf(submission, tx.manager);
      },
    );
  }

  /** Packs again what could not be packed. @throws SubmissionNotFound, SubmissionActNotAllowed, ActNotYours @source NĐ30-A30-2 */
  retry(id: string, actor: Actor): Promise<View> {
    return this.#change(id, actor, 'retried', async (submission, _dossier, roles, tx) => {
      submission.state = performSubmissionAct(submission.state, 'retry', roles);
      submission.failure = null;
      submission.jobId = await this.jobs.enqueue(tx, PackSubmission, { submissionId: id }, { key: id });
      return this.#viewOf(submission, tx.manager);
    });
  }

  /**
   * Stops the work under way: the maker takes back what is being packed or could not be; the archivist goes back to deciding.
   *
   * @throws SubmissionNotFound, SubmissionActNotAllowed, ActNotYours
   * @source NĐ30-A30-2
   */
  cancel(id: string, actor: Actor): Promise<View> {
    return this.#change(id, actor, 'cancelled', async (submission, dossier, roles, tx) => {
      const { state, jobId } = submission;
      submission.state = performSubmissionAct(state, state === 'accepting' ? 'stop' : 'withdraw', roles);
      submission.deciding = null;
      if (jobId) await this.jobs.cancel(tx, jobId);
      if (submission.state === 'withdrawn') {
        await move(tx, dossier, performDossierAct(dossier.state, 'withdraw', ['maker']));
        announce(tx, dossier, 'closed');
      }
      return submissionView(submission);
    });
  }

  /** @throws SubmissionNotFound, SubmissionActNotAllowed, ActNotYours, ChecksNotPassed, DutiesNotSeparate @source NĐ30-A30-2 @source SUB-18 */
  accept(id: string, reason: string | undefined, actor: Actor): Promise<View> {
    return this.#change(id, actor, 'accepting', async (submission, dossier, roles, tx) => {
      this.#assertDecides(submission, actor);
      const checking = performSubmissionAct(submission.state, 'check', roles);
      submission.state = performSubmissionAct(checking, 'accept', roles);
      performDossierAct(dossier.state, 'check', ['archivist']);
      assertAcceptable(submission.checks, reason);
      submission.deciding = { by: await this.directory.me(), at: tx.now.toISOString(), reason: reason ?? null };
      submission.failure = null;
      submission.jobId = await this.jobs.enqueue(tx, TakeSubmission, { submissionId: id }, { key: id });
      return this.#viewOf(submission, tx.manager);
    });
  }

  /** @throws SubmissionNotFound, SubmissionActNotAllowed, ActNotYours, ReasonRequired, DutiesNotSeparate @source NĐ30-A30-2 @source SUB-21 */
  return(id: string, reason: string, actor: Actor): Promise<View> {
    return this.#change(id, actor, 'return', async (submission, dossier, roles, tx) => {
      this.#assertDecides(submission, actor);
      const checking = performSubmissionAct(submission.state, 'check', roles);
      submission.state = performSubmissionAct(checking, 'return', roles, reason);
      const state = performDossierAct(
        performDossierAct(dossier.state, 'check', ['archivist']),
        'return',
        ['archivist'],
        reason,
      );
      Object.assign(submission, { decidedBy: await this.directory.me(), decidedAt: tx.now, reason });
      await move(tx, dossier, state);
      announce(tx, dossier, 'returned');
      return submissionView(submission);
    });
  }

  /** @throws SubmissionNotFound */
  async get(id: string, actor: Actor): Promise<View> {
    const wanted = { entity: SubmissionEntity, id, missing: SubmissionNotFound, access: this.#access(actor) };
    return this.database.read(async (manager) => {
      const { row } = await reach(manager, wanted);
      return this.#viewOf(row, manager);
    });
  }

  async #viewOf(row: SubmissionEntity, manager: EntityManager): Promise<View> {
    return submissionView(row, row.jobId ? await this.jobs.find(manager, row.jobId) : undefined);
  }

  #change(
    id: string,
    actor: Actor,
    action: string,
    change: (
      submission: SubmissionEntity,
      dossier: DossierEntity,
      roles: readonly SubmissionRole[],
      tx: Tx,
    ) => Promise<View>,
  ): Promise<View> {
    return update(
      this.database,
      {
        entity: SubmissionEntity,
        id,
        missing: SubmissionNotFound,
        action: `submission.${action}`,
        access: this.#access(actor),
      },
      async (submission, tx) => {
        const dossier = await tx.manager.findOneOrFail(DossierEntity, {
          where: { id: submission.dossierId },
          lock: { mode: 'pessimistic_write' },
        });
        const standing = await accessTo('dossier', actor, tx.now).standing(tx.manager);
        const decides = capacitiesOf(standing).includes('archivist');
        const roles: SubmissionRole[] = [
          ...(decides ? ['archivist' as const] : []),
          ...(submission.submittedBy.userId === actor.userId ? ['maker' as const] : []),
        ];
        return change(submission, dossier, roles, tx);
      },
    );
  }

  /** @throws DutiesNotSeparate */
  #assertDecides({ submittedBy }: SubmissionEntity, actor: Actor): void {
    assertSeparate('dossier.decide', [{ act: 'dossier.submit', userId: submittedBy.userId }], actor);
  }

  /** A submission is there for whom its dossier is there. */
  #access(actor: Actor): RowAccess {
    const { on, parameters } = accessTo('dossier', actor, this.database.now());
    return { where: (alias) => on(`${alias}.dossierId`), parameters };
  }
}

async function move(tx: Tx, { id, version }: DossierEntity, state: DossierEntity['state']): Promise<void> {
  await tx.manager.update(DossierEntity, { id }, { state, version: version + 1, updatedAt: tx.now });
}

/** The next batch of a request that was returned, else the first of a new one, which has no code yet. */
async function nextBatch(tx: Tx, dossierId: string): Promise<{ code: string | null; batch: number }> {
  const [last] = await tx.manager.find(SubmissionEntity, {
    where: { dossierId },
    order: { createdAt: 'DESC', batch: 'DESC' },
    take: 1,
  });
  // One that was withdrawn before a package was made is a batch that never came.
  if (!last || (last.state === 'withdrawn' && last.batch === 1)) return { code: null, batch: 1 };
  return { code: last.code, batch: last.batch + 1 };
}
