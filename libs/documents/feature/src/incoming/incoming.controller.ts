import { Controller, Inject } from '@nestjs/common';
import {
  ActNotYours,
  DuplicateNotConfirmed,
  IncomingActNotAllowed,
  NotAcceptable,
  NotVerifiedYet,
  RefusalInvalid,
} from '@qlvb/documents-domain';
import { PostUnknown } from '@qlvb/directory';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { IncomingQueries } from './incoming-queries.service.ts';
import { AcceptanceInput, IncomingDetail, IncomingQuery, IncomingView, RefusalInput } from './incoming.dto.ts';
import { IncomingNotFound } from './incoming.problems.ts';
import { RegistrationService } from './registration.service.ts';

const tag = 'incoming-documents';
const params = z.object({ documentId: z.uuid() });
const acting = [IncomingNotFound, IncomingActNotAllowed, ActNotYours, PostUnknown];

const list = operation({
  id: 'listIncomingDocuments',
  method: 'GET',
  path: '/incoming-documents',
  tag,
  summary: { vi: 'Danh sách văn bản đến', en: 'Incoming documents' },
  permission: 'incoming-documents.read',
  query: IncomingQuery,
  response: { status: 200, schema: pageOf(IncomingView) },
});

const get = operation({
  id: 'getIncomingDocument',
  method: 'GET',
  path: '/incoming-documents/:documentId',
  tag,
  summary: { vi: 'Một văn bản đến', en: 'One incoming document' },
  permission: 'incoming-documents.read',
  etag: 'returns',
  params,
  response: { status: 200, schema: IncomingDetail },
  problems: [IncomingNotFound],
});

const accept = operation({
  id: 'acceptIncomingDocument',
  method: 'POST',
  path: '/incoming-documents/:documentId/acceptances',
  tag,
  summary: { vi: 'Tiếp nhận và đăng ký văn bản đến', en: 'Accept and register' },
  permission: 'incoming-documents.accept',
  idempotent: true,
  etag: 'returns',
  params,
  body: AcceptanceInput,
  response: { status: 201, schema: IncomingView },
  problems: [...acting, NotVerifiedYet, NotAcceptable, DuplicateNotConfirmed],
});

const refuse = operation({
  id: 'refuseIncomingDocument',
  method: 'POST',
  path: '/incoming-documents/:documentId/refusals',
  tag,
  summary: { vi: 'Từ chối tiếp nhận, trả lại nơi gửi', en: 'Refuse and return to the sender' },
  permission: 'incoming-documents.refuse',
  idempotent: true,
  etag: 'returns',
  params,
  body: RefusalInput,
  response: { status: 201, schema: IncomingView },
  problems: [...acting, RefusalInvalid],
});

@Controller()
export class IncomingController {
  constructor(
    @Inject(IncomingQueries) private readonly queries: IncomingQueries,
    @Inject(RegistrationService) private readonly registration: RegistrationService,
  ) {}

  @Operation(list)
  list({ query, actor }: Input<typeof list>) {
    return this.queries.list(query, actor);
  }

  @Operation(get)
  get({ params, actor }: Input<typeof get>) {
    return this.queries.get(params.documentId, actor);
  }

  @Operation(accept)
  accept({ params, body, actor }: Input<typeof accept>) {
    return this.registration.accept(params.documentId, body, actor);
  }

  @Operation(refuse)
  refuse({ params, body, actor }: Input<typeof refuse>) {
    return this.registration.refuse(params.documentId, body, actor);
  }
}
