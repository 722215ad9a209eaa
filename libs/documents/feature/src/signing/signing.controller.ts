import { Controller, Inject } from '@nestjs/common';
import { PostUnknown } from '@qlvb/directory';
import {
  competenceOf,
  GrantNotYours,
  SignerNotFound,
  SignerNotCompetent,
  SigningGrantInvalid,
  SigningGrantNotFound,
  SigningGrantRevoked,
} from '@qlvb/documents-domain';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { vietnamDate } from '@qlvb/vietnam';
import { CLOCK } from '@qlvb/platform-service';
import type { Clock } from '@qlvb/shared-domain';
import { z } from 'zod';
import { SigningAuthorities } from './signing-authorities.service.ts';
import { SigningGrants } from './signing-grants.service.ts';
import {
  RevocationInput,
  SigningAuthorityQuery,
  SigningAuthorityView,
  SigningGrantInput,
  SigningGrantQuery,
  SigningGrantView,
} from './signing.dto.ts';

const tag = 'signing-grants';

const grant = operation({
  id: 'grantSigning',
  method: 'POST',
  path: '/signing-grants',
  tag,
  summary: { vi: 'Giao ký thay, thừa lệnh hoặc thừa ủy quyền', en: 'Grant the right to sign' },
  permission: 'signing-grants.manage',
  idempotent: true,
  body: SigningGrantInput,
  response: { status: 201, schema: SigningGrantView },
  problems: [SigningGrantInvalid, GrantNotYours, PostUnknown],
});

const list = operation({
  id: 'listSigningGrants',
  method: 'GET',
  path: '/signing-grants',
  tag,
  summary: { vi: 'Các trường hợp được giao ký của cơ quan', en: 'Who may sign for the head' },
  permission: 'outgoing-documents.read',
  query: SigningGrantQuery,
  response: { status: 200, schema: pageOf(SigningGrantView) },
});

const revoke = operation({
  id: 'revokeSigningGrant',
  method: 'POST',
  path: '/signing-grants/:grantId/revocations',
  tag,
  summary: { vi: 'Thu hồi việc giao ký', en: 'Revoke a grant' },
  permission: 'signing-grants.manage',
  idempotent: true,
  params: z.object({ grantId: z.uuid() }),
  body: RevocationInput,
  response: { status: 201, schema: SigningGrantView },
  problems: [SigningGrantNotFound, SigningGrantRevoked, GrantNotYours],
});

const authority = operation({
  id: 'getSigningAuthority',
  method: 'GET',
  path: '/signing-authorities/:postId',
  tag,
  summary: { vi: 'Thể thức đề ký của một người hôm nay', en: 'How the holder of a post signs today' },
  permission: 'outgoing-documents.draft',
  params: z.object({ postId: z.uuid() }),
  query: SigningAuthorityQuery,
  response: { status: 200, schema: SigningAuthorityView },
  problems: [SignerNotFound, SignerNotCompetent],
});

@Controller()
export class SigningController {
  constructor(
    @Inject(SigningGrants) private readonly grants: SigningGrants,
    @Inject(SigningAuthorities) private readonly authorities: SigningAuthorities,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Operation(grant)
  grant({ body, actor }: Input<typeof grant>) {
    return this.grants.grant(body, actor);
  }

  @Operation(list)
  list({ query }: Input<typeof list>) {
    return this.grants.list(query);
  }

  @Operation(revoke)
  revoke({ params, body, actor }: Input<typeof revoke>) {
    return this.grants.revoke(params.grantId, body.reason, actor);
  }

  @Operation(authority)
  async authority({ params: { postId }, query: { documentType: kind, field } }: Input<typeof authority>) {
    const found = await this.authorities.show({ postId, kind, field, on: vietnamDate(this.clock.now()) });
    return { capacity: found.capacity, competence: competenceOf(found), lines: [...found.lines] };
  }
}
