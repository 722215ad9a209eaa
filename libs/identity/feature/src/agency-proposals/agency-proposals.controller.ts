import { Controller, Inject } from '@nestjs/common';
import {
  AgencyClosed,
  AgencyCodeMalformed,
  AgencyCodeTaken,
  AgencyDayPast,
  AgencyNotClosed,
  AgencyNotFound,
  AgencyOutsideSubtree,
  AgencyProposalNotFound,
  AgencyProposalWaits,
  GrantExceeded,
  NobodyDecides,
  NotTheHead,
  NotTheProposer,
  ProposalDecided,
} from '@qlvb/identity-domain';
import { DutiesNotSeparate } from '@qlvb/platform-auth';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import {
  AgencyProposalInput,
  AgencyProposalQuery,
  AgencyProposalRefusal,
  AgencyProposalView,
} from './agency-proposals.dto.ts';
import { AgencyProposalsService } from './agency-proposals.service.ts';

const params = z.object({ proposalId: z.uuid() });

const list = operation({
  method: 'GET',
  path: '/agency-proposals',
  id: 'listAgencyProposals',
  tag: 'agency-proposals',
  summary: { vi: 'Đề nghị về cơ quan', en: 'Proposals about agencies' },
  permission: ['agencies.manage', 'agency-proposals.decide'],
  query: AgencyProposalQuery,
  response: { status: 200, schema: pageOf(AgencyProposalView) },
});

const get = operation({
  method: 'GET',
  path: '/agency-proposals/:proposalId',
  id: 'getAgencyProposal',
  tag: 'agency-proposals',
  summary: { vi: 'Một đề nghị về cơ quan', en: 'One proposal about an agency' },
  permission: ['agencies.manage', 'agency-proposals.decide'],
  params,
  response: { status: 200, schema: AgencyProposalView },
  problems: [AgencyProposalNotFound],
});

const propose = operation({
  method: 'POST',
  path: '/agency-proposals',
  id: 'proposeAgencyChange',
  tag: 'agency-proposals',
  summary: {
    vi: 'Đề nghị đóng mã, thay mã định danh hoặc mở lại cơ quan',
    en: 'Propose to close an agency, to replace its code, or to open it again',
  },
  permission: 'agencies.manage',
  idempotent: true,
  body: AgencyProposalInput,
  response: { status: 201, schema: AgencyProposalView },
  problems: [
    AgencyClosed,
    AgencyCodeMalformed,
    AgencyCodeTaken,
    AgencyDayPast,
    AgencyNotClosed,
    AgencyNotFound,
    AgencyOutsideSubtree,
    AgencyProposalWaits,
    GrantExceeded,
    NobodyDecides,
  ],
});

const approve = operation({
  method: 'POST',
  path: '/agency-proposals/:proposalId/approvals',
  id: 'approveAgencyProposal',
  tag: 'agency-proposals',
  summary: { vi: 'Duyệt đề nghị về cơ quan', en: 'Approve a proposal about an agency' },
  permission: 'agency-proposals.decide',
  idempotent: true,
  params,
  response: { status: 201, schema: AgencyProposalView },
  problems: [
    AgencyClosed,
    AgencyCodeTaken,
    AgencyDayPast,
    AgencyNotClosed,
    AgencyNotFound,
    AgencyProposalNotFound,
    DutiesNotSeparate,
    NotTheHead,
    ProposalDecided,
  ],
});

const refuse = operation({
  method: 'POST',
  path: '/agency-proposals/:proposalId/refusals',
  id: 'refuseAgencyProposal',
  tag: 'agency-proposals',
  summary: { vi: 'Không duyệt đề nghị về cơ quan', en: 'Refuse a proposal about an agency' },
  permission: 'agency-proposals.decide',
  idempotent: true,
  params,
  body: AgencyProposalRefusal,
  response: { status: 201, schema: AgencyProposalView },
  problems: [AgencyProposalNotFound, DutiesNotSeparate, NotTheHead, ProposalDecided],
});

const withdraw = operation({
  method: 'POST',
  path: '/agency-proposals/:proposalId/withdrawals',
  id: 'withdrawAgencyProposal',
  tag: 'agency-proposals',
  summary: { vi: 'Rút đề nghị về cơ quan', en: 'Withdraw a proposal about an agency' },
  permission: 'agencies.manage',
  idempotent: true,
  params,
  response: { status: 201, schema: AgencyProposalView },
  problems: [AgencyProposalNotFound, NotTheProposer, ProposalDecided],
});

/** @source IDN-02 */
@Controller()
export class AgencyProposalsController {
  constructor(@Inject(AgencyProposalsService) private readonly proposals: AgencyProposalsService) {}

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
    return this.proposals.approve(proposalId, actor);
  }

  @Operation(refuse)
  refuse({ params: { proposalId }, body, actor }: Input<typeof refuse>) {
    return this.proposals.refuse(proposalId, body.reason, actor);
  }

  @Operation(withdraw)
  withdraw({ params: { proposalId }, actor }: Input<typeof withdraw>) {
    return this.proposals.withdraw(proposalId, actor);
  }
}
