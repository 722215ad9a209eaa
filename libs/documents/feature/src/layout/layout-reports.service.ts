import { Inject, Injectable } from '@nestjs/common';
import { DocumentsNotificationRequested, JOB_FAILURE_LABELS, notificationRequest } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { checkLayout, UnreadablePdf } from '@qlvb/document-layout';
import type { LayoutExpectations, LayoutFinding } from '@qlvb/document-layout';
import type { Actor } from '@qlvb/platform-context';
import { Database, reach, update } from '@qlvb/platform-database';
import type { RowAccess, Tx } from '@qlvb/platform-database';
import { LOGGER } from '@qlvb/platform-http';
import { assertStoppable, failureReason, JobFailed, Jobs, OnJob, OnJobFailed } from '@qlvb/platform-jobs';
import type { Job, JobFailure } from '@qlvb/platform-jobs';
import type { Logger } from '@qlvb/platform-observability';
import { OBJECT_STORE, ObjectCorrupt, ObjectMissing } from '@qlvb/platform-storage';
import type { ObjectStore } from '@qlvb/platform-storage';
import { documentKind } from '@qlvb/records';
import { newId } from '@qlvb/shared-domain';
import { DocumentAccess } from '../access/document-access.ts';
import { OutgoingDocument } from '../outgoing/outgoing.entities.ts';
import { OutgoingNotFound } from '../outgoing/outgoing.problems.ts';
import { LayoutReportNotFound } from './layout.problems.ts';
import { lastReport } from './last-report.ts';
import { LayoutReportEntity } from './layout-report.entity.ts';
import type { KeptFinding } from './layout-report.entity.ts';
import { layoutReportView } from './layout-reports.dto.ts';
import type { LayoutReportView } from './layout-reports.dto.ts';
import { ReportLayout } from './report-layout.job.ts';

interface ReportIds {
  readonly documentId: string;
  readonly reportId: string;
}

/**
 * What the program finds about the layout of a draft; the person in charge of form decides. A report is there for whom its document
 * is there; who asked for it may stop it and is told when there will be none.
 *
 * @source NĐ30-A12-2
 */
@Injectable()
export class LayoutReportsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * On the draft as it is now: one report for a version, that under way or done, whoever asks; a new one where the last failed or was
   * stopped.
   *
   * @throws OutgoingNotFound, TooManyJobs
   */
  request(documentId: string, actor: Actor): Promise<LayoutReportView> {
    const access = this.access.outgoing(actor);
    return this.database.command(async (tx) => {
      const wanted = { entity: OutgoingDocument, id: documentId, missing: OutgoingNotFound, access };
      // Locked, so that who asks at the same time finds this report.
      const { row: document } = await reach(tx.manager, wanted, 'locked');
      const [main] = document.files;
      if (!main) throw new Error(`the document ${documentId} has no main file`);
      const last = await lastReport(tx.manager, document);
      if (last && (last.state === 'waiting' || last.state === 'done')) {
        return layoutReportView(last, await this.jobs.find(tx.manager, last.jobId));
      }
      const id = newId();
      const options = { key: id, requestedBy: actor.userId };
      const row = Object.assign(new LayoutReportEntity(), {
        id,
        agencyId: tx.agencyId,
        version: 1,
        createdAt: tx.now,
        updatedAt: tx.now,
        documentId,
        draftVersion: document.draftVersion,
        objectKey: main.objectKey,
        requestedBy: actor.userId,
        jobId: await this.jobs.enqueue(tx, ReportLayout, { reportId: id }, options),
        state: 'waiting' as const,
        failure: null,
        pageCount: null,
        findings: null,
      });
      await tx.manager.insert(LayoutReportEntity, row);
      return layoutReportView(row, await this.jobs.find(tx.manager, row.jobId));
    });
  }

  /** @throws LayoutReportNotFound */
  get({ documentId, reportId: id }: ReportIds, actor: Actor): Promise<LayoutReportView> {
    const wanted = {
      entity: LayoutReportEntity,
      id,
      missing: LayoutReportNotFound,
      access: this.#of(documentId, actor),
    };
    return this.database.read(async (manager) => {
      const { row } = await reach(manager, wanted);
      return layoutReportView(row, await this.jobs.find(manager, row.jobId));
    });
  }

  /** @throws LayoutReportNotFound, JobNotYours, JobOver */
  cancel({ documentId, reportId: id }: ReportIds, actor: Actor): Promise<LayoutReportView> {
    const access = this.#of(documentId, actor);
    const wanted = {
      entity: LayoutReportEntity,
      id,
      missing: LayoutReportNotFound,
      access,
      action: 'layout-report.cancelled',
    };
    return update(this.database, wanted, async (row, tx) => {
      assertStoppable(row, actor);
      row.state = 'cancelled';
      await this.jobs.cancel(tx, row.jobId);
      return layoutReportView(row, await this.jobs.find(tx.manager, row.jobId));
    });
  }

  @OnJob(ReportLayout)
  async report(job: Job<typeof ReportLayout>): Promise<void> {
    const { report, document } = await this.database.read(async (manager) => {
      const found = await manager.findOneByOrFail(LayoutReportEntity, { id: job.data.reportId });
      return { report: found, document: await manager.findOneByOrFail(OutgoingDocument, { id: found.documentId }) };
    });
    if (isOver(report)) return;
    const { failure, pageCount, findings } = await this.#look(report.objectKey, await this.#expected(document), job);
    if (failure) this.logger.warn({ reportId: report.id, failure }, 'pages of a document cannot be looked at');
    await this.database.command(async (tx) => {
      const row = await locked(tx, report.id);
      if (isOver(row)) return;
      await end(tx, row, {
        state: 'done',
        failure: null,
        pageCount,
        findings: findings.map(kept),
      });
      await job.finish(tx);
    });
  }

  @OnJobFailed(ReportLayout)
  async givenUp({ data }: Job<typeof ReportLayout>, { code, detail }: JobFailure, tx: Tx): Promise<void> {
    const row = await locked(tx, data.reportId);
    if (isOver(row)) return;
    const failure = failureReason(code);
    await end(tx, row, { state: 'failed', failure });
    const { documentId, requestedBy: userId } = row;
    tx.audit({
      action: 'layout-report.failed',
      resource: { type: 'layout-report', id: row.id },
      after: { code, detail },
    });
    const { subject } = await tx.manager.findOneByOrFail(OutgoingDocument, { id: documentId });
    tx.publish(
      DocumentsNotificationRequested,
      notificationRequest('job-failed', {
        to: { userId },
        about: { type: 'document', id: documentId },
        parameters: {
          job: { vi: `Kiểm tra thể thức "${subject}"`, en: `Looking at the layout of "${subject}"` },
          reason: JOB_FAILURE_LABELS[failure],
        },
      }),
    );
  }

  /** What cannot be read, is gone or was altered stays so. */
  async #look(key: string, expectations: LayoutExpectations, job: Pick<Job, 'signal' | 'progress'>) {
    try {
      return await checkLayout(await this.store.get({ key }), expectations, {
        signal: job.signal,
        tell: (done, total) => job.progress(done, total),
      });
    } catch (error) {
      if (UnreadablePdf.is(error)) throw new JobFailed('file-unreadable', error.message, { cause: error });
      for (const problem of [ObjectCorrupt, ObjectMissing]) {
        if (problem.is(error)) throw new JobFailed(problem.declaration.code, error.message, { cause: error });
      }
      throw error;
    }
  }

  async #expected({ agencyId, documentType, subject }: OutgoingDocument): Promise<LayoutExpectations> {
    const own = await this.directory.agency(agencyId);
    const parent = own.parentId ? await this.directory.agency(own.parentId) : undefined;
    return {
      form: FORMS[documentType] ?? 'named',
      issuingAgency: own.name,
      ...(parent ? { parentAgency: parent.name } : {}),
      placeOfIssue: own.placeOfIssue,
      kindName: documentKind(documentType).name,
      subject,
    };
  }

  #of(documentId: string, actor: Actor): RowAccess {
    const { on, parameters } = this.access.outgoing(actor);
    return {
      where: (alias) => `${alias}.documentId = :documentId AND ${on(`${alias}.documentId`)}`,
      parameters: { ...parameters, documentId },
    };
  }
}

/** Where on the page it is, is not asked for. */
const kept = ({ code, ruleId, severity, part, values, page }: LayoutFinding): KeptFinding => ({
  code,
  ruleId,
  severity,
  part,
  values,
  page,
});

const FORMS: Readonly<Record<string, LayoutExpectations['form']>> = { official_letter: 'letter', decision: 'decision' };

/** What failed may be tried again by the operator. */
const isOver = ({ state }: LayoutReportEntity): boolean => state === 'done' || state === 'cancelled';

const locked = (tx: Tx, id: string): Promise<LayoutReportEntity> =>
  tx.manager.findOneOrFail(LayoutReportEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });

async function end(tx: Tx, { id, version }: LayoutReportEntity, changes: Partial<LayoutReportEntity>): Promise<void> {
  await tx.manager.update(LayoutReportEntity, { id }, { ...changes, version: version + 1, updatedAt: tx.now } as never);
}
