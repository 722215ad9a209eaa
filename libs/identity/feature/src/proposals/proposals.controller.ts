import { Controller, Inject } from '@nestjs/common';
import {
  AccountExists,
  AccountNotFound,
  CccdDoubtful,
  CccdEntriesDiffer,
  CccdInvalid,
  GrantExceeded,
  LastAdministrator,
  NobodyDecides,
  NotTheHead,
  NotTheProposer,
  PostNotFound,
  ProposalDecided,
  ProposalNotFound,
  ProposalStale,
  RolesIncompatible,
  UnitNotFound,
  UrgentNotAllowed,
} from '@qlvb/identity-domain';
import { DutiesNotSeparate } from '@qlvb/platform-auth';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { ProposalInput, ProposalQuery, ProposalRefusal, ProposalView } from './proposals.dto.ts';
import { ProposalDecisions } from './proposal-decisions.ts';
import { ProposalsService } from './proposals.service.ts';

const params = z.object({ proposalId: z.uuid() });
/** Of both: where no agency has a head, an administrator stands in. */
const both = ['users.manage', 'account-proposals.decide'];

const list = operation({
  method: 'GET',
  path: '/account-proposals',
  id: 'listAccountProposals',
  tag: 'account-proposals',
  summary: { vi: 'Đề nghị về tài khoản', en: 'Account proposals' },
  permission: both,
  query: ProposalQuery,
  response: { status: 200, schema: pageOf(ProposalView) },
});

const get = operation({
  method: 'GET',
  path: '/account-proposals/:proposalId',
  id: 'getAccountProposal',
  tag: 'account-proposals',
  summary: { vi: 'Một đề nghị về tài khoản', en: 'One account proposal' },
  permission: both,
  params,
  response: { status: 200, schema: ProposalView },
  problems: [ProposalNotFound],
});

const propose = operation({
  method: 'POST',
  path: '/account-proposals',
  id: 'proposeAccountChange',
  tag: 'account-proposals',
  summary: {
    vi: 'Đề nghị lập tài khoản, giao, đổi hoặc thu hồi vị trí công tác và quyền',
    en: 'Propose an account, or giving, changing or withdrawing a post and its rights',
  },
  permission: 'users.manage',
  idempotent: true,
  body: ProposalInput,
  response: { status: 201, schema: ProposalView },
  problems: [
    AccountNotFound,
    CccdDoubtful,
    CccdEntriesDiffer,
    CccdInvalid,
    DutiesNotSeparate,
    GrantExceeded,
    LastAdministrator,
    NobodyDecides,
    PostNotFound,
    RolesIncompatible,
    UnitNotFound,
    UrgentNotAllowed,
  ],
});

const approve = operation({
  method: 'POST',
  path: '/account-proposals/:proposalId/approvals',
  id: 'approveAccountProposal',
  tag: 'account-proposals',
  summary: { vi: 'Duyệt đề nghị về tài khoản', en: 'Approve an account proposal' },
  permission: both,
  idempotent: true,
  params,
  response: { status: 201, schema: ProposalView },
  problems: [
    AccountExists,
    AccountNotFound,
    DutiesNotSeparate,
    GrantExceeded,
    LastAdministrator,
    NobodyDecides,
    NotTheHead,
    ProposalDecided,
    ProposalNotFound,
    ProposalStale,
    RolesIncompatible,
    UnitNotFound,
  ],
});

const refuse = operation({
  method: 'POST',
  path: '/account-proposals/:proposalId/refusals',
  id: 'refuseAccountProposal',
  tag: 'account-proposals',
  summary: { vi: 'Không duyệt đề nghị về tài khoản', en: 'Refuse an account proposal' },
  permission: both,
  idempotent: true,
  params,
  body: ProposalRefusal,
  response: { status: 201, schema: ProposalView },
  problems: [DutiesNotSeparate, NobodyDecides, NotTheHead, ProposalDecided, ProposalNotFound, RolesIncompatible],
});

const withdraw = operation({
  method: 'POST',
  path: '/account-proposals/:proposalId/withdrawals',
  id: 'withdrawAccountProposal',
  tag: 'account-proposals',
  summary: { vi: 'Rút đề nghị về tài khoản', en: 'Withdraw an account proposal' },
  permission: 'users.manage',
  idempotent: true,
  params,
  response: { status: 201, schema: ProposalView },
  problems: [NotTheProposer, ProposalDecided, ProposalNotFound, RolesIncompatible],
});

/** @source IDN-02 */
@Controller()
export class ProposalsController {
  constructor(
    @Inject(ProposalsService) private readonly proposals: ProposalsService,
    @Inject(ProposalDecisions) private readonly decisions: ProposalDecisions,
  ) {}

  @Operation(list)
  list({ query, actor }: Input<typeof list>) {
    return this.proposals.list(query, actor);
  }

  @Operation(get)
  get({ params: { proposalId }, actor }: Input<typeof get>) {
    return this.proposals.get(proposalId, actor);
  }

  @Operation(propose)
  propose({ body, actor }: Input<typeof propose>) {
    return this.proposals.propose(body, actor);
  }

  @Operation(approve)
  approve({ params: { proposalId }, actor }: Input<typeof approve>) {
    return this.decisions.approve(proposalId, actor);
  }

  @Operation(refuse)
  refuse({ params: { proposalId }, body, actor }: Input<typeof refuse>) {
    return this.decisions.refuse(proposalId, body.reason, actor);
  }

  @Operation(withdraw)
  withdraw({ params: { proposalId }, actor }: Input<typeof withdraw>) {
    return this.decisions.withdraw(proposalId, actor);
  }
}
