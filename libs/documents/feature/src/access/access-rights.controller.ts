import { Controller, Inject } from '@nestjs/common';
import { PostUnknown } from '@qlvb/directory';
import { DutiesNotSeparate } from '@qlvb/platform-auth';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { IncomingNotFound } from '../incoming/incoming.problems.ts';
import { OutgoingNotFound } from '../outgoing/outgoing.problems.ts';
import { AccessRightQueries } from './access-rights.queries.ts';
import { AccessRightsService } from './access-rights.service.ts';
import { AccessRightEndInput, AccessRightInput, AccessRightQuery, AccessRightView } from './access.dto.ts';
import {
  AccessAlreadyHeld,
  AccessEndPast,
  AccessNotForAdministrators,
  AccessNotYoursToChange,
  AccessRightDecided,
  AccessRightNotFound,
  AccessRightNeeded,
} from './access.problems.ts';

const tag = 'access-rights';
const documentParams = z.object({ documentId: z.uuid() });
const params = z.object({ accessRightId: z.uuid() });
const changesOutgoing = ['outgoing-documents.register', 'signing.personal'] as const;
const changesIncoming = ['incoming-documents.accept', 'instructions.issue'] as const;
const changes = [...changesOutgoing, ...changesIncoming];
const created = { status: 201, schema: AccessRightView };
const proposing = [AccessNotYoursToChange, AccessNotForAdministrators, AccessAlreadyHeld, AccessEndPast, PostUnknown];
const deciding = [AccessRightNotFound, AccessNotYoursToChange, AccessRightDecided, PostUnknown]; // prettier-ignore

const listOutgoing = operation({
  id: 'listOutgoingDocumentAccess',
  method: 'GET',
  path: '/outgoing-documents/:documentId/access-rights',
  tag,
  summary: { vi: 'Ai được xem một văn bản đi', en: 'Who may see an outgoing document' },
  permission: [...changesOutgoing],
  params: documentParams,
  query: AccessRightQuery,
  response: { status: 200, schema: pageOf(AccessRightView) },
  problems: [OutgoingNotFound, AccessNotYoursToChange],
});

const proposeOutgoing = operation({
  id: 'proposeOutgoingDocumentAccess',
  method: 'POST',
  path: '/outgoing-documents/:documentId/access-rights',
  tag,
  summary: { vi: 'Đề nghị cho một người xem văn bản đi', en: 'Propose that somebody may see an outgoing document' },
  permission: [...changesOutgoing],
  idempotent: true,
  params: documentParams,
  body: AccessRightInput,
  response: created,
  problems: [OutgoingNotFound, ...proposing],
});

const listIncoming = operation({
  id: 'listIncomingDocumentAccess',
  method: 'GET',
  path: '/incoming-documents/:documentId/access-rights',
  tag,
  summary: { vi: 'Ai được xem một văn bản đến', en: 'Who may see an incoming document' },
  permission: [...changesIncoming],
  params: documentParams,
  query: AccessRightQuery,
  response: { status: 200, schema: pageOf(AccessRightView) },
  problems: [IncomingNotFound, AccessNotYoursToChange],
});

const proposeIncoming = operation({
  id: 'proposeIncomingDocumentAccess',
  method: 'POST',
  path: '/incoming-documents/:documentId/access-rights',
  tag,
  summary: { vi: 'Đề nghị cho một người xem văn bản đến', en: 'Propose that somebody may see an incoming document' },
  permission: [...changesIncoming],
  idempotent: true,
  params: documentParams,
  body: AccessRightInput,
  response: created,
  problems: [IncomingNotFound, ...proposing],
});

const waiting = operation({
  id: 'listWaitingAccessRights',
  method: 'GET',
  path: '/access-rights',
  tag,
  summary: { vi: 'Quyền xem văn bản chờ xác nhận', en: 'Access rights that wait for a second person' },
  permission: changes,
  query: AccessRightQuery,
  response: { status: 200, schema: pageOf(AccessRightView) },
});

const confirm = operation({
  id: 'confirmAccessRight',
  method: 'POST',
  path: '/access-rights/:accessRightId/confirmations',
  tag,
  summary: {
    vi: 'Xác nhận quyền xem do người khác đề nghị',
    en: 'Confirm an access right that somebody else proposed',
  },
  permission: changes,
  idempotent: true,
  params,
  response: created,
  problems: [...deciding, DutiesNotSeparate, AccessNotForAdministrators],
});

const refuse = operation({
  id: 'refuseAccessRight',
  method: 'POST',
  path: '/access-rights/:accessRightId/refusals',
  tag,
  summary: { vi: 'Từ chối quyền xem do người khác đề nghị', en: 'Refuse an access right that somebody else proposed' },
  permission: changes,
  idempotent: true,
  params,
  body: AccessRightEndInput,
  response: created,
  problems: [...deciding, DutiesNotSeparate],
});

const withdraw = operation({
  id: 'withdrawAccessRight',
  method: 'POST',
  path: '/access-rights/:accessRightId/withdrawals',
  tag,
  summary: { vi: 'Thu hồi quyền xem, có hiệu lực ngay', en: 'Withdraw an access right at once' },
  permission: changes,
  idempotent: true,
  params,
  body: AccessRightEndInput,
  response: created,
  problems: [...deciding, AccessRightNeeded],
});

@Controller()
export class AccessRightsController {
  constructor(
    @Inject(AccessRightQueries) private readonly queries: AccessRightQueries,
    @Inject(AccessRightsService) private readonly rights: AccessRightsService,
  ) {}

  @Operation(listOutgoing)
  listOutgoing({ params, query, actor }: Input<typeof listOutgoing>) {
    return this.queries.list('outgoing-document', params.documentId, query, actor);
  }

  @Operation(proposeOutgoing)
  proposeOutgoing({ params, body, actor }: Input<typeof proposeOutgoing>) {
    return this.rights.propose('outgoing-document', params.documentId, body, actor);
  }

  @Operation(listIncoming)
  listIncoming({ params, query, actor }: Input<typeof listIncoming>) {
    return this.queries.list('incoming-document', params.documentId, query, actor);
  }

  @Operation(proposeIncoming)
  proposeIncoming({ params, body, actor }: Input<typeof proposeIncoming>) {
    return this.rights.propose('incoming-document', params.documentId, body, actor);
  }

  @Operation(waiting)
  waiting({ query, actor }: Input<typeof waiting>) {
    return this.queries.waiting(query, actor);
  }

  @Operation(confirm)
  confirm({ params, actor }: Input<typeof confirm>) {
    return this.rights.confirm(params.accessRightId, actor);
  }

  @Operation(refuse)
  refuse({ params, body, actor }: Input<typeof refuse>) {
    return this.rights.refuse(params.accessRightId, body.reason, actor);
  }

  @Operation(withdraw)
  withdraw({ params, body, actor }: Input<typeof withdraw>) {
    return this.rights.withdraw(params.accessRightId, body.reason, actor);
  }
}
