import { Controller, Inject } from '@nestjs/common';
import { AgencyUnknown, PostUnknown, UnitUnknown } from '@qlvb/directory';
import {
  ActNotYours,
  AgencyNoLonger,
  AttachmentNotFound,
  ContentNotChecked,
  CorrectionNotOpen,
  DocumentNotExchangeable,
  DraftIncomplete,
  FILE_NOT_SIGNABLE,
  FileAttachedAlready,
  FileNotAllowed,
  FilesTooLarge,
  KindNotInNumberingPlan,
  LayoutFindingsUnanswered,
  LayoutNotChecked,
  LayoutNotReported,
  NormativeNotIssuable,
  NumberBindsDraft,
  NumberAlreadyUsed,
  NumberDateNotInOrder,
  OutgoingActNotAllowed,
  RecipientsInvalid,
  ReplacementNotOpen,
  ReturnNeedsComment,
  SignerNotCompetent,
  SigningFormWrong,
  StateSecretRefused,
} from '@qlvb/documents-domain';
import { DutiesNotSeparate } from '@qlvb/platform-auth';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { FileBytesLost } from '@qlvb/platform-storage';
import { z } from 'zod';
import { FileNotFound } from '../files/files.problems.ts';
import { AttachmentsService } from './attachments.service.ts';
import { CancellationsService } from './cancellations.service.ts';
import { CorrectionsService } from './corrections.service.ts';
import { DraftsService } from './drafts.service.ts';
import { IssuingService } from './issuing.service.ts';
import { OutgoingQueries } from './outgoing-queries.service.ts';
import {
  CancellationInput,
  CorrectionDecisionInput,
  CorrectionInput,
  OutgoingDetail,
  OutgoingInput,
  OutgoingQuery,
  OutgoingView,
  ReplacementDecisionInput,
  ReplacementInput,
  ReviewInput,
} from './outgoing.dto.ts';
import { FileChecksBusy, OutgoingNotFound, SymbolNotComposable } from './outgoing.problems.ts';
import { ReviewsService } from './reviews.service.ts';

const tag = 'outgoing-documents';
const params = z.object({ documentId: z.uuid() });
const drafting = [
  AgencyNoLonger,
  DocumentNotExchangeable,
  NormativeNotIssuable,
  SignerNotCompetent,
  SigningFormWrong,
  StateSecretRefused,
  RecipientsInvalid,
  FileNotFound,
  FileNotAllowed,
  PostUnknown,
  UnitUnknown,
  AgencyUnknown,
  FileBytesLost,
  FileChecksBusy,
  ...Object.values(FILE_NOT_SIGNABLE),
];
const acting = [OutgoingNotFound, OutgoingActNotAllowed, ActNotYours];
const created = { status: 201, schema: OutgoingView };

const create = operation({
  id: 'draftOutgoingDocument',
  method: 'POST',
  path: '/outgoing-documents',
  tag,
  summary: { vi: 'Tạo dự thảo', en: 'Create a draft' },
  permission: 'outgoing-documents.draft',
  idempotent: true,
  etag: 'returns',
  body: OutgoingInput,
  response: created,
  problems: drafting,
});

const revise = operation({
  id: 'reviseOutgoingDocument',
  method: 'PUT',
  path: '/outgoing-documents/:documentId',
  tag,
  summary: { vi: 'Sửa dự thảo thành phiên bản mới', en: 'Revise a draft into a new version' },
  permission: 'outgoing-documents.draft',
  etag: 'requires',
  params,
  body: OutgoingInput,
  response: { status: 200, schema: OutgoingView },
  problems: [...drafting, ...acting, NumberBindsDraft],
});

const submit = operation({
  id: 'submitOutgoingDocument',
  method: 'POST',
  path: '/outgoing-documents/:documentId/submissions',
  tag,
  summary: { vi: 'Trình lãnh đạo đơn vị', en: 'Submit for review' },
  permission: 'outgoing-documents.draft',
  idempotent: true,
  etag: 'returns',
  params,
  response: created,
  problems: [...acting, DraftIncomplete],
});

const checkContent = operation({
  id: 'checkContent',
  method: 'POST',
  path: '/outgoing-documents/:documentId/content-checks',
  tag,
  summary: { vi: 'Kiểm tra nội dung', en: 'Check the content' },
  permission: ['outgoing-documents.content-check', 'signing.personal'],
  idempotent: true,
  etag: 'returns',
  params,
  body: ReviewInput,
  response: created,
  problems: [...acting, FileBytesLost, ReturnNeedsComment, DutiesNotSeparate],
});

const checkLayout = operation({
  id: 'checkLayout',
  method: 'POST',
  path: '/outgoing-documents/:documentId/layout-checks',
  tag,
  summary: { vi: 'Kiểm tra thể thức, kỹ thuật trình bày', en: 'Check the layout' },
  permission: 'outgoing-documents.layout-check',
  idempotent: true,
  etag: 'returns',
  params,
  body: ReviewInput,
  response: created,
  problems: [
    ...acting,
    FileBytesLost,
    ReturnNeedsComment,
    ContentNotChecked,
    LayoutNotChecked,
    LayoutNotReported,
    LayoutFindingsUnanswered,
    SignerNotCompetent,
    DutiesNotSeparate,
  ],
});

const register = operation({
  id: 'registerOutgoingDocument',
  method: 'POST',
  path: '/outgoing-documents/:documentId/registrations',
  tag,
  summary: { vi: 'Cấp số, thời gian ban hành và đăng ký', en: 'Number, date and register' },
  permission: 'outgoing-documents.register',
  idempotent: true,
  etag: 'returns',
  params,
  response: created,
  problems: [
    ...acting,
    NumberDateNotInOrder,
    NumberAlreadyUsed,
    KindNotInNumberingPlan,
    SymbolNotComposable,
    DocumentNotExchangeable,
    AgencyNoLonger,
  ],
});

const issue = operation({
  id: 'issueOutgoingDocument',
  method: 'POST',
  path: '/outgoing-documents/:documentId/issues',
  tag,
  summary: { vi: 'Phát hành', en: 'Issue' },
  permission: 'outgoing-documents.issue',
  idempotent: true,
  etag: 'returns',
  params,
  response: created,
  problems: acting,
});

const proposeReplacement = operation({
  method: 'POST',
  id: 'proposeAttachmentReplacement',
  path: '/outgoing-documents/:documentId/attachment-replacements',
  tag,
  summary: { vi: 'Đề nghị thay tệp đính kèm, giữ nguyên số', en: 'Propose another attachment, number kept' },
  permission: 'outgoing-documents.register',
  idempotent: true,
  etag: 'returns',
  params,
  body: ReplacementInput,
  response: created,
  problems: [
    ...acting,
    AttachmentNotFound,
    FileAttachedAlready,
    FileNotFound,
    StateSecretRefused,
    DocumentNotExchangeable,
    FilesTooLarge,
    FileBytesLost,
    FileChecksBusy,
    ...Object.values(FILE_NOT_SIGNABLE),
  ],
});

const decideReplacement = operation({
  method: 'POST',
  id: 'decideAttachmentReplacement',
  path: '/outgoing-documents/:documentId/attachment-replacement-decisions',
  tag,
  summary: { vi: 'Quyết định về đề nghị thay tệp đính kèm', en: 'Decide on the proposed attachment' },
  permission: 'signing.personal',
  idempotent: true,
  etag: 'requires',
  params,
  body: ReplacementDecisionInput,
  response: created,
  problems: [...acting, ReplacementNotOpen, DutiesNotSeparate],
});

const proposeCorrection = operation({
  method: 'POST',
  id: 'proposeCorrection',
  path: '/outgoing-documents/:documentId/corrections',
  tag,
  summary: {
    vi: 'Đề nghị sửa lại tệp văn bản đã cấp số, giữ nguyên số',
    en: 'Propose to correct the file, number kept',
  },
  permission: 'outgoing-documents.register',
  idempotent: true,
  etag: 'returns',
  params,
  body: CorrectionInput,
  response: created,
  problems: acting,
});

const decideCorrection = operation({
  method: 'POST',
  id: 'decideCorrection',
  path: '/outgoing-documents/:documentId/correction-decisions',
  tag,
  summary: { vi: 'Quyết định về đề nghị sửa lại tệp văn bản', en: 'Decide on the proposed correction' },
  permission: 'signing.personal',
  idempotent: true,
  etag: 'requires',
  params,
  body: CorrectionDecisionInput,
  response: created,
  problems: [...acting, CorrectionNotOpen, DutiesNotSeparate],
});

const cancel = operation({
  id: 'cancelOutgoingDocument',
  method: 'POST',
  path: '/outgoing-documents/:documentId/cancellations',
  tag,
  summary: { vi: 'Hủy dự thảo hoặc hủy số', en: 'Give up a draft or cancel a number' },
  permission: ['outgoing-documents.draft', 'outgoing-documents.register'],
  idempotent: true,
  etag: 'returns',
  params,
  body: CancellationInput,
  response: created,
  problems: acting,
});

const get = operation({
  id: 'getOutgoingDocument',
  method: 'GET',
  path: '/outgoing-documents/:documentId',
  tag,
  summary: { vi: 'Một văn bản đi', en: 'One outgoing document' },
  permission: 'outgoing-documents.read',
  etag: 'returns',
  params,
  response: { status: 200, schema: OutgoingDetail },
  problems: [OutgoingNotFound],
});

const list = operation({
  id: 'listOutgoingDocuments',
  method: 'GET',
  path: '/outgoing-documents',
  tag,
  summary: { vi: 'Danh sách văn bản đi', en: 'Outgoing documents' },
  permission: 'outgoing-documents.read',
  query: OutgoingQuery,
  response: { status: 200, schema: pageOf(OutgoingView) },
});

@Controller()
export class OutgoingController {
  constructor(
    @Inject(DraftsService) private readonly drafts: DraftsService,
    @Inject(ReviewsService) private readonly reviews: ReviewsService,
    @Inject(IssuingService) private readonly issuing: IssuingService,
    @Inject(AttachmentsService) private readonly attachments: AttachmentsService,
    @Inject(CorrectionsService) private readonly corrections: CorrectionsService,
    @Inject(CancellationsService) private readonly cancellations: CancellationsService,
    @Inject(OutgoingQueries) private readonly queries: OutgoingQueries,
  ) {}

  @Operation(create)
  create({ body, actor }: Input<typeof create>) {
    return this.drafts.create(body, actor);
  }

  @Operation(revise)
  revise({ params, body, ifMatch, actor }: Input<typeof revise>) {
    return this.drafts.revise(params.documentId, body, ifMatch, actor);
  }

  @Operation(submit)
  submit({ params, actor }: Input<typeof submit>) {
    return this.drafts.submit(params.documentId, actor);
  }

  @Operation(checkContent)
  checkContent({ params, body, actor }: Input<typeof checkContent>) {
    return this.reviews.check('content', params.documentId, body, actor);
  }

  @Operation(checkLayout)
  checkLayout({ params, body, actor }: Input<typeof checkLayout>) {
    return this.reviews.check('layout', params.documentId, body, actor);
  }

  @Operation(register)
  register({ params, actor }: Input<typeof register>) {
    return this.issuing.register(params.documentId, actor);
  }

  @Operation(issue)
  issue({ params, actor }: Input<typeof issue>) {
    return this.issuing.issue(params.documentId, actor);
  }

  @Operation(proposeReplacement)
  proposeReplacement({ params, body, actor }: Input<typeof proposeReplacement>) {
    return this.attachments.propose(params.documentId, body, actor);
  }

  @Operation(decideReplacement)
  decideReplacement({ params, body, ifMatch, actor }: Input<typeof decideReplacement>) {
    return this.attachments.decide(params.documentId, body, ifMatch, actor);
  }

  @Operation(proposeCorrection)
  proposeCorrection({ params, body, actor }: Input<typeof proposeCorrection>) {
    return this.corrections.propose(params.documentId, body, actor);
  }

  @Operation(decideCorrection)
  decideCorrection({ params, body, ifMatch, actor }: Input<typeof decideCorrection>) {
    return this.corrections.decide(params.documentId, body, ifMatch, actor);
  }

  @Operation(cancel)
  cancel({ params, body, actor }: Input<typeof cancel>) {
    return this.cancellations.cancel(params.documentId, body.reason, actor);
  }

  @Operation(get)
  get({ params, actor }: Input<typeof get>) {
    return this.queries.get(params.documentId, actor);
  }

  @Operation(list)
  list({ query, actor }: Input<typeof list>) {
    return this.queries.list(query, actor);
  }
}
