import { Controller, Inject } from '@nestjs/common';
import {
  ActNotYours,
  ChecksMissing,
  ChecksNotPassed,
  DossierActNotAllowed,
  NotForSubmission,
  SubmissionActNotAllowed,
} from '@qlvb/archive-domain';
import { accessTo } from '@qlvb/platform-access';
import { DutiesNotSeparate } from '@qlvb/platform-auth';
import { Database, recordDisclosure } from '@qlvb/platform-database';
import { ID_ALONE, inOrder, instant, keysetPage, operation, Operation, pageOf, pageQuery } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import type { ByteRange } from '@qlvb/platform-storage';
import { z } from 'zod';
import { ArchivePackageNotFound, DossierNotFound, SubmissionNotFound } from '../archive.problems.ts';
import { ActInput, ReasonInput } from '../dossiers/dossiers.dto.ts';
import { ArchivePackageEntity } from '../entities.ts';
import { PackageBuilder } from './package-builder.ts';
import { SubmissionView } from './submission.view.ts';
import { SubmissionsService } from './submissions.service.ts';

const tag = 'submissions';
const params = z.object({ submissionId: z.uuid() });
const deciding = [SubmissionNotFound, SubmissionActNotAllowed, DossierActNotAllowed, ActNotYours, DutiesNotSeparate];

const AcceptInput = z
  .object({
    reason: z.string().trim().min(1).max(2000).optional().describe('Why it is accepted although something is unclear'),
  })
  .meta({ id: 'SubmissionAcceptanceInput' });

const submit = operation({
  id: 'submitDossier',
  method: 'POST',
  path: '/dossiers/:dossierId/submissions',
  tag,
  summary: { vi: 'Nộp lưu hồ sơ', en: 'Submit a dossier to the archive' },
  permission: 'submissions.create',
  idempotent: true,
  params: z.object({ dossierId: z.uuid() }),
  body: ActInput,
  response: { status: 202, schema: SubmissionView },
  problems: [DossierNotFound, DossierActNotAllowed, ActNotYours, NotForSubmission],
});

const get = operation({
  id: 'getSubmission',
  method: 'GET',
  path: '/submissions/:submissionId',
  tag,
  summary: { vi: 'Yêu cầu nộp lưu và kết quả kiểm tra', en: 'A submission with its checks' },
  permission: 'dossiers.read',
  params,
  response: { status: 200, schema: SubmissionView },
  problems: [SubmissionNotFound],
});

const accept = operation({
  id: 'acceptSubmission',
  method: 'POST',
  path: '/submissions/:submissionId/acceptances',
  tag,
  summary: { vi: 'Tiếp nhận vào Lưu trữ cơ quan', en: 'Accept into the agency archive' },
  permission: 'submissions.decide',
  idempotent: true,
  params,
  body: AcceptInput,
  response: { status: 202, schema: SubmissionView },
  problems: [...deciding, ChecksNotPassed, ChecksMissing],
});

const retry = operation({
  id: 'retrySubmission',
  method: 'POST',
  path: '/submissions/:submissionId/retries',
  tag,
  summary: { vi: 'Đóng gói lại hồ sơ nộp', en: 'Pack a submission again' },
  permission: 'submissions.create',
  idempotent: true,
  params,
  body: ActInput,
  response: { status: 202, schema: SubmissionView },
  problems: [SubmissionNotFound, SubmissionActNotAllowed, ActNotYours],
});

const cancel = operation({
  id: 'cancelSubmission',
  method: 'POST',
  path: '/submissions/:submissionId/cancellations',
  tag,
  summary: { vi: 'Rút hồ sơ nộp, dừng tiếp nhận', en: 'Withdraw a submission, or stop its acceptance' },
  permission: 'dossiers.read',
  idempotent: true,
  params,
  body: ActInput,
  response: { status: 201, schema: SubmissionView },
  problems: [SubmissionNotFound, SubmissionActNotAllowed, DossierActNotAllowed, ActNotYours],
});

const giveBack = operation({
  id: 'returnSubmission',
  method: 'POST',
  path: '/submissions/:submissionId/returns',
  tag,
  summary: { vi: 'Trả lại để hoàn thiện', en: 'Return for completion' },
  permission: 'submissions.decide',
  idempotent: true,
  params,
  body: ReasonInput,
  response: { status: 201, schema: SubmissionView },
  problems: deciding,
});

const PackageView = z
  .object({
    packageId: z.uuid(),
    kind: z.enum(['sip', 'aip']),
    dossierId: z.uuid(),
    objectId: z.string(),
    sha256: z.string(),
    sizeBytes: z.int(),
    createdAt: instant(),
  })
  .meta({ id: 'ArchivePackage' });

const packages = operation({
  id: 'listArchivePackages',
  method: 'GET',
  path: '/archive-packages',
  tag: 'archive-packages',
  summary: { vi: 'Gói tin lưu trữ', en: 'Archive packages' },
  permission: 'archive-packages.read',
  query: z.object({ ...pageQuery, dossierId: z.uuid().optional() }),
  response: { status: 200, schema: pageOf(PackageView) },
});

const content = operation({
  id: 'downloadArchivePackage',
  method: 'GET',
  path: '/archive-packages/:packageId/content',
  tag: 'archive-packages',
  summary: { vi: 'Nội dung gói tin (ZIP)', en: 'Content of a package (ZIP)' },
  permission: 'archive-packages.read',
  params: z.object({ packageId: z.uuid() }),
  download: { mediaTypes: ['application/zip'] },
  problems: [ArchivePackageNotFound],
});

@Controller()
export class SubmissionsController {
  constructor(
    @Inject(SubmissionsService) private readonly submissions: SubmissionsService,
    @Inject(Database) private readonly database: Database,
    @Inject(PackageBuilder) private readonly builder: PackageBuilder,
  ) {}

  @Operation(submit)
  submit({ params: { dossierId }, actor }: Input<typeof submit>) {
    return this.submissions.submit(dossierId, actor);
  }

  @Operation(get)
  get({ params: { submissionId }, actor }: Input<typeof get>) {
    return this.submissions.get(submissionId, actor);
  }

  @Operation(accept)
  accept({ params: { submissionId }, body, actor }: Input<typeof accept>) {
    return this.submissions.accept(submissionId, body.reason, actor);
  }

  @Operation(retry)
  retry({ params: { submissionId }, actor }: Input<typeof retry>) {
    return this.submissions.retry(submissionId, actor);
  }

  @Operation(cancel)
  cancel({ params: { submissionId }, actor }: Input<typeof cancel>) {
    return this.submissions.cancel(submissionId, actor);
  }

  @Operation(giveBack)
  giveBack({ params: { submissionId }, body, actor }: Input<typeof giveBack>) {
    return this.submissions.return(submissionId, body.reason, actor);
  }

  @Operation(packages)
  packages({ query: { limit, cursor, ...filter }, actor }: Input<typeof packages>) {
    const { on, parameters } = accessTo('dossier', actor, this.database.now());
    return this.database.read(async (manager) => {
      const page = await keysetPage(
        { limit, cursor },
        {
          scope: filter,
          keys: ID_ALONE,
          query: (after) => {
            const builder = manager.createQueryBuilder(ArchivePackageEntity, 'p').where(on('p.dossierId'), parameters);
            if (filter.dossierId) builder.andWhere('p.dossierId = :dossier', { dossier: filter.dossierId });
            return inOrder(builder, 'ASC', ['p.id'], after);
          },
          keysOf: (row) => [row.id],
        },
      );
      return {
        ...page,
        items: page.items.map(({ id, kind, dossierId, objectId, sha256, sizeBytes, createdAt }) => ({
          packageId: id,
          kind,
          dossierId,
          objectId,
          sha256,
          sizeBytes,
          createdAt,
        })),
      };
    });
  }

  @Operation(content)
  async content({ params: { packageId }, actor }: Input<typeof content>) {
    const { on, parameters } = accessTo('dossier', actor, this.database.now());
    const row = await this.database.read((manager) =>
      manager
        .createQueryBuilder(ArchivePackageEntity, 'p')
        .where('p.id = :packageId', { packageId })
        .andWhere(on('p.dossierId'), parameters)
        .getOne(),
    );
    if (!row) throw ArchivePackageNotFound({ id: packageId });
    const { kind, objectId, sizeBytes, sha256, objectKey } = row;
    return {
      fileName: `${kind}-${objectId}.zip`,
      mediaType: 'application/zip',
      sizeBytes,
      sha256,
      open: async (range?: ByteRange) => {
        const resource = { type: 'archive-package', id: packageId };
        await recordDisclosure(this.database, { action: 'archive-package.downloaded', resource, sha256, range });
        return this.builder.storeOf(kind).get({ key: objectKey }, range);
      },
    };
  }
}
