import { Inject, Injectable } from '@nestjs/common';
import {
  performDossierAct,
  performSubmissionAct,
  requireAcceptable,
  duplicateResult,
  requireForSubmission,
  retentionResult,
  signatureResult,
  submissionCode,
  virusResult,
} from '@qlvb/archive-domain';
import type { AcceptanceReason, CheckResult } from '@qlvb/archive-domain';
import type { PackageReport } from '@qlvb/archive-package';
import { person, standingRights } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { accessTo } from '@qlvb/platform-access';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { Database, reach, update } from '@qlvb/platform-database';
import type { RowAccess, Tx } from '@qlvb/platform-database';
import { instant } from '@qlvb/platform-http';
import { newId } from '@qlvb/shared-domain';
import { vietnamYear } from '@qlvb/vietnam';
import { In } from 'typeorm';
import { z } from 'zod';
import { DossierMissing, SubmissionMissing } from '../archive.problems.ts';
import { capacitiesOf } from '../dossiers/dossier-access.ts';
import { announce } from '../dossiers/dossiers.service.ts';
import {
  ArchivePackageEntity,
  DocumentSignature,
  DossierEntity,
  FilableDocument,
  SubmissionEntity,
} from '../entities.ts';
import { PackageBuilder } from './package-builder.ts';
import type { Batch } from './package-builder.ts';

export const SubmissionView = z
  .object({
    submissionId: z.uuid(),
    version: z.int(),
    submissionCode: z.string(),
    dossierId: z.uuid(),
    state: z.string(),
    batch: z.int(),
    checks: z.array(z.object({ check: z.string(), outcome: z.string(), reasons: z.array(z.string()) })),
    packages: z.object({ sip: z.uuid(), aip: z.uuid().nullable() }),
    submittedBy: person,
    decidedBy: person.nullable(),
    decidedAt: instant().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Submission' });
type View = z.input<typeof SubmissionView>;

/** For building one package, however large the dossier is. */
const PACKAGE_MINUTES = 15;

/** From the closed dossier to the agency archive. */
@Injectable()
export class SubmissionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(PackageBuilder) private readonly builder: PackageBuilder,
  ) {}

  /**
   * Packs, checks and hands in. The package's code is taken with the dossier's lock, so that it stands in the package. What was
   * returned comes again under its code, as the next batch.
   *
   * @throws DossierMissing, DossierActNotAllowed, ActNotYours, NotForSubmission, ScannerUnavailable
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
        missing: DossierMissing,
        action: 'dossier.submitted',
        access: accessTo('dossier', actor, this.database.now()),
      },
      async (dossier, tx, rights) => {
        dossier.state = performDossierAct(dossier.state, 'submit', capacitiesOf(rights));
        requireForSubmission(dossier.retention);
        const agency = await this.directory.agency(tx.agencyId);
        const submittedBy = await this.directory.me();
        const batch = await nextBatch(tx, dossierId, agency.code);
        const ids = dossier.documents.map((document) => document.documentId);
        const found = new Map(
          (await tx.manager.findBy(FilableDocument, { documentId: In(ids) })).map((row) => [row.documentId, row]),
        );
        const documents = ids.flatMap((id) => found.get(id) ?? []);
        await tx.waitOutside(PACKAGE_MINUTES);
        const { object, objectId } = await this.builder.buildSip(dossier, documents, agency, batch, tx.now);
        const sip = await keepPackage(tx, 'sip', dossier.id, objectId, object);
        const verdicts = await tx.manager.findBy(DocumentSignature, { documentId: In(ids) });
        const accepted = await tx.manager.existsBy(SubmissionEntity, { dossierId, state: 'accepted' });
        const checks = [
          virusResult(await this.builder.scan(sip)),
          ...resultsOf(await this.builder.check(sip)),
          duplicateResult(dossier.code, [], accepted ? [dossier.code] : []),
          signatureResult(
            ids.map((id) => ({
              subject: id,
              verdict: verdicts.find((row) => row.documentId === id)?.verdict ?? 'indeterminate',
            })),
          ),
          retentionResult({
            code: dossier.code,
            term: dossier.retention,
            documentTerms: dossier.documents.flatMap((document) => document.term ?? []),
            // A request of one dossier is its own submission list.
            listedCodes: [dossier.code],
            forHistoricalArchive: false,
          }),
        ];
        const submission = Object.assign(new SubmissionEntity(), {
          id: newId(),
          agencyId: tx.agencyId,
          version: 1,
          createdAt: tx.now,
          updatedAt: tx.now,
          dossierId,
          code: batch.code,
          state: 'submitted' as const,
          batch: batch.batch,
          sipId: sip.id,
          aipId: null,
          checks,
          submittedBy,
          decidedBy: null,
          decidedAt: null,
          reason: null,
        });
        await tx.manager.insert(SubmissionEntity, submission);
        announce(tx, dossier, 'submitted');
        return submissionView(submission);
      },
    );
  }

  /** @throws SubmissionMissing, SubmissionActNotAllowed, ActNotYours, ChecksNotPassed, DutiesNotSeparate @source NĐ30-A30-2 @source SUB-18 */
  accept(id: string, reason: string | undefined, actor: Actor): Promise<View> {
    return this.#decide(id, actor, 'accept', reason, async (submission, dossier, tx) => {
      requireAcceptable(submission.checks, reason);
      const sip = await tx.manager.findOneByOrFail(ArchivePackageEntity, { id: submission.sipId });
      await tx.waitOutside(PACKAGE_MINUTES);
      const { object, objectId } = await this.builder.buildAip(
        sip,
        dossier,
        submission,
        await this.directory.me(),
        tx.now,
      );
      submission.aipId = (await keepPackage(tx, 'aip', dossier.id, objectId, object)).id;
      announce(tx, dossier, 'accepted');
    });
  }

  /** @throws SubmissionMissing, SubmissionActNotAllowed, ActNotYours, ReasonRequired, DutiesNotSeparate @source NĐ30-A30-2 @source SUB-21 */
  return(id: string, reason: string, actor: Actor): Promise<View> {
    return this.#decide(id, actor, 'return', reason, (submission, dossier, tx) => {
      submission.reason = reason;
      announce(tx, dossier, 'returned');
      return Promise.resolve();
    });
  }

  /** @throws SubmissionMissing */
  async get(id: string, actor: Actor): Promise<View> {
    const wanted = { entity: SubmissionEntity, id, missing: SubmissionMissing, access: this.#access(actor) };
    const { row } = await this.database.read((manager) => reach(manager, wanted));
    return submissionView(row);
  }

  #decide(
    id: string,
    actor: Actor,
    act: 'accept' | 'return',
    reason: string | undefined,
    change: (submission: SubmissionEntity, dossier: DossierEntity, tx: Tx) => Promise<void>,
  ): Promise<View> {
    const access = this.#access(actor);
    return update(
      this.database,
      { entity: SubmissionEntity, id, missing: SubmissionMissing, action: `submission.${act}`, access },
      async (submission, tx) => {
        const dossier = await tx.manager.findOneOrFail(DossierEntity, {
          where: { id: submission.dossierId },
          lock: { mode: 'pessimistic_write' },
        });
        const roles = capacitiesOf(standingRights('dossier', actor.permissions));
        const submitted = { act: 'dossier.submit', userId: submission.submittedBy.userId } as const;
        assertSeparate('dossier.decide', [submitted], actor);
        const as = roles.includes('archivist') ? (['archivist'] as const) : (['maker'] as const);
        const standing = performSubmissionAct(performSubmissionAct(submission, 'check', as), act, as, reason);
        const checking = performDossierAct(dossier.state, 'check', roles);
        dossier.state = performDossierAct(checking, act, roles, reason);
        Object.assign(submission, { ...standing, decidedBy: await this.directory.me(), decidedAt: tx.now });
        await change(submission, dossier, tx);
        await tx.manager.update(
          DossierEntity,
          { id: dossier.id },
          { state: dossier.state, version: dossier.version + 1, updatedAt: tx.now },
        );
        return submissionView(submission);
      },
    );
  }

  /** A submission is there for whom its dossier is there. */
  #access(actor: Actor): RowAccess {
    const { on, parameters } = accessTo('dossier', actor, this.database.now());
    return { where: (alias) => on(`${alias}.dossierId`), parameters };
  }
}

/** The next batch of a request that was returned, else the first of a new one. */
async function nextBatch(tx: Tx, dossierId: string, agencyCode: string): Promise<Batch> {
  const [last] = await tx.manager.find(SubmissionEntity, {
    where: { dossierId, state: 'returned' },
    order: { createdAt: 'DESC', batch: 'DESC' },
    take: 1,
  });
  if (!last) return { code: await nextCode(tx, agencyCode), batch: 1 };
  const { objectId } = await tx.manager.findOneByOrFail(ArchivePackageEntity, { id: last.sipId });
  return { code: last.code, batch: last.batch + 1, replaced: objectId };
}

/** The next registration code of the agency's year; its row's lock makes the numbers follow each other. @source SUB-7 */
async function nextCode(tx: Tx, agencyCode: string): Promise<string> {
  const year = vietnamYear(tx.now);
  const [row] = (await tx.manager.query(
    `INSERT INTO submission_sequence (agency_id, year, last_number) VALUES ($1, $2, 1)
     ON CONFLICT (agency_id, year) DO UPDATE SET last_number = submission_sequence.last_number + 1
     RETURNING last_number AS number`,
    [tx.agencyId, year],
  )) as { number: number }[];
  return submissionCode(agencyCode, year, row?.number ?? 1);
}

async function keepPackage(
  tx: Tx,
  kind: 'sip' | 'aip',
  dossierId: string,
  objectId: string,
  object: { readonly key: string; readonly sha256: string; readonly sizeBytes: number },
): Promise<ArchivePackageEntity> {
  const row = Object.assign(new ArchivePackageEntity(), {
    id: newId(),
    agencyId: tx.agencyId,
    createdAt: tx.now,
    kind,
    dossierId,
    objectId,
    objectKey: object.key,
    sha256: object.sha256,
    sizeBytes: object.sizeBytes,
  });
  await tx.manager.insert(ArchivePackageEntity, row);
  return row;
}

/** Findings of the package's check as the results that an acceptance is decided by. */
function resultsOf(report: PackageReport): CheckResult[] {
  const of = (check: CheckResult['check'], codes: readonly string[]): CheckResult => {
    const found = report.findings.filter((finding) => codes.includes(finding.code));
    const failed = found.some((finding) => finding.level === 'error');
    const outcome = failed ? 'fail' : found.length > 0 ? 'warning' : 'success';
    return { check, outcome, reasons: [...new Set(found.map((finding) => finding.code as AcceptanceReason))] };
  };
  return [
    of('archive', ['ARCHIVE']),
    of('structure', ['STRUCTURE', 'MISSING_FILE', 'EXTRA_FILE', 'CHECKSUM']),
    of('metadata', ['METADATA']),
    of('formats', ['FORMAT']),
    of('accessibility', ['NOT_ACCESSIBLE']),
  ];
}

const submissionView = (row: SubmissionEntity): View => ({
  submissionId: row.id,
  version: row.version,
  submissionCode: row.code,
  dossierId: row.dossierId,
  state: row.state,
  batch: row.batch,
  checks: row.checks.map(({ check, outcome, reasons }) => ({ check, outcome, reasons: [...reasons] })),
  packages: { sip: row.sipId, aip: row.aipId },
  submittedBy: row.submittedBy,
  decidedBy: row.decidedBy,
  decidedAt: row.decidedAt,
  reason: row.reason,
});
