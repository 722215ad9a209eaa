import { Controller, Inject } from '@nestjs/common';
import {
  ActNotYours,
  ChecksMissing,
  ChecksNotPassed,
  DossierActNotAllowed,
  NotForSubmission,
  SubmissionActNotAllowed,
} from '@qlvb/archive-domain';
import { DutiesNotSeparate } from '@qlvb/platform-auth';
import { operation, Operation } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { DossierNotFound, SubmissionNotFound } from '../archive.problems.ts';
import { ReasonInput } from '../dossiers/dossiers.dto.ts';
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

@Controller()
export class SubmissionsController {
  constructor(@Inject(SubmissionsService) private readonly submissions: SubmissionsService) {}

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
}
