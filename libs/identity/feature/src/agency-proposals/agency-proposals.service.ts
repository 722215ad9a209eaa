import { Inject, Injectable } from '@nestjs/common';
import { AGENCY_PROPOSAL_KIND_LABELS, IdentityNotificationRequested, notificationRequest } from '@qlvb/contracts';
import {
  AgencyProposalNotFound,
  AgencyProposalWaits,
  GrantExceeded,
  NotTheHead,
  NotTheProposer,
  ProposalDecided,
} from '@qlvb/identity-domain';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { Database, update } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import type { Page } from '@qlvb/platform-http';
import { newId } from '@qlvb/shared-domain';
import type { z } from 'zod';
import { AgenciesService, CATALOGUE_LOCK } from '../agencies/agencies.service.ts';
import { assertInside, codeOf } from '../agencies/catalogue-checks.ts';
import { Agency } from '../identity.entities.ts';
import { actingParty, Deciders } from '../proposals/deciders.ts';
import type { Party } from '../proposals/proposal.entity.ts';
import { proposalPage } from '../proposals/proposal-page.ts';
import { AgencyChanges } from './agency-changes.ts';
import type { AgencyChange } from './agency-changes.ts';
import { AgencyProposal } from './agency-proposal.entity.ts';
import { agencyProposalView } from './agency-proposal-view.ts';
import type { AgencyProposalInput, AgencyProposalQuery, AgencyProposalView } from './agency-proposals.dto.ts';

type Input = z.output<typeof AgencyProposalInput>;
type View = z.input<typeof AgencyProposalView>;
type Outcome = 'approved' | 'refused' | 'withdrawn';

/**
 * That an agency ends, gets another code or goes on is proposed by an administrator, its own or one above, and decided by the head
 * of an agency above; about the top one by its own.
 *
 * @source IDN-02
 * @source SEC-Z04
 */
@Injectable()
export class AgencyProposalsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AgenciesService) private readonly agencies: AgenciesService,
    @Inject(Deciders) private readonly deciders: Deciders,
    @Inject(AgencyChanges) private readonly changes: AgencyChanges,
  ) {}

  list(query: z.output<typeof AgencyProposalQuery>, actor: Actor): Promise<Page<View>> {
    return this.database.read(async (manager) => {
      const page = await proposalPage(manager, AgencyProposal, query);
      const heads = await this.deciders.headsOf(manager, actor.agencyId);
      return { ...page, items: page.items.map((row) => agencyProposalView(row, actor, heads)) };
    });
  }

  /** @throws AgencyProposalNotFound */
  get(id: string, actor: Actor): Promise<View> {
    return this.database.read(async (manager) => {
      const row = await manager.findOneBy(AgencyProposal, { id });
      if (!row) throw AgencyProposalNotFound({ id });
      return agencyProposalView(row, actor, await this.deciders.headsOf(manager, actor.agencyId));
    });
  }

  /**
   * @throws AgencyClosed, AgencyCodeMalformed, AgencyCodeTaken, AgencyDayPast, AgencyNotClosed, AgencyNotFound, AgencyOutsideSubtree,
   * AgencyProposalWaits, GrantExceeded, NobodyDecides
   * @source IDN-02
   * @source IDN-03
   */
  async propose(input: Input, actor: Actor): Promise<View> {
    const change = changeOf(input);
    const { agencyId } = change;
    const proposer = await this.database.read((manager) => actingParty(manager, actor));
    if (!proposer) throw GrantExceeded();
    return this.database.command(
      async (tx) => {
        await tx.manager.query(CATALOGUE_LOCK);
        await assertInside(tx.manager, agencyId, actor.agencyId);
        await this.changes.assertPossible(tx, change);
        const { name } = await tx.manager.findOneByOrFail(Agency, { id: agencyId });
        const waits = await tx.manager.existsBy(AgencyProposal, { agencyId, state: 'waiting' });
        if (waits) throw AgencyProposalWaits({ agency: name });
        const deciding = await this.deciders.above(tx.manager, agencyId, [actor.userId]);
        const id = newId();
        const row = Object.assign(new AgencyProposal(), {
          ...change,
          id,
          version: 1,
          createdAt: tx.now,
          updatedAt: tx.now,
          proposingAgencyId: actor.agencyId,
          decidingAgencyId: deciding.agencyId,
          state: 'waiting' as const,
          reason: input.reason,
          proposedBy: proposer.party,
          decidedBy: null,
          decidedAt: null,
          decisionReason: null,
        });
        await tx.manager.insert(AgencyProposal, row);
        tx.audit({
          action: 'agency-proposal.made',
          resource: { type: 'agency-proposal', id },
          after: { ...change, reason: row.reason },
        });
        for (const head of deciding.heads) {
          tx.forAgency(deciding.agencyId).publish(
            IdentityNotificationRequested,
            notificationRequest('agency-change-proposed', {
              to: { userId: head.userId },
              about: { type: 'agency-proposal', id },
              parameters: {
                agency: name,
                change: AGENCY_PROPOSAL_KIND_LABELS[row.kind],
                proposer: row.proposedBy.fullName,
                reason: row.reason,
              },
            }),
          );
        }
        return agencyProposalView(row, actor, []);
      },
      { agencyId },
    );
  }

  /**
   * Approves and carries out.
   *
   * @throws AgencyClosed, AgencyCodeTaken, AgencyDayPast, AgencyNotClosed, AgencyNotFound, AgencyProposalNotFound, DutiesNotSeparate,
   * NotTheHead, ProposalDecided
   */
  approve(id: string, actor: Actor): Promise<View> {
    return this.#decide(id, actor, 'approved', null, async (row, tx) => {
      const head = await this.#decider(tx, row, actor);
      await this.changes.carryOut(tx, row);
      return head;
    });
  }

  /** @throws AgencyProposalNotFound, DutiesNotSeparate, NotTheHead, ProposalDecided */
  refuse(id: string, reason: string, actor: Actor): Promise<View> {
    return this.#decide(id, actor, 'refused', reason, (row, tx) => this.#decider(tx, row, actor));
  }

  /** @throws AgencyProposalNotFound, NotTheProposer, ProposalDecided */
  withdraw(id: string, actor: Actor): Promise<View> {
    return this.#decide(id, actor, 'withdrawn', null, (row) => {
      if (row.proposedBy.userId !== actor.userId) throw NotTheProposer();
      if (row.state !== 'waiting') throw ProposalDecided();
      return row.proposedBy;
    });
  }

  async #decide(
    id: string,
    actor: Actor,
    state: Outcome,
    reason: string | null,
    decide: (row: AgencyProposal, tx: Tx) => Promise<Party> | Party,
  ): Promise<View> {
    // Who decides belongs to an agency above; what is changed belongs to the one concerned.
    const found = await this.database.read((manager) => manager.findOneBy(AgencyProposal, { id }));
    if (!found) throw AgencyProposalNotFound({ id });
    const options = {
      entity: AgencyProposal,
      id,
      missing: AgencyProposalNotFound,
      action: `agency-proposal.${state}`,
      scope: { agencyId: found.agencyId },
      access: 'agency' as const,
    };
    return update(this.database, options, async (row, tx) => {
      await tx.manager.query(CATALOGUE_LOCK);
      const { userId, postId, fullName, title } = await decide(row, tx);
      const decidedBy = { userId, postId, fullName, title };
      Object.assign(row, { state, decidedBy, decidedAt: tx.now, decisionReason: reason });
      if (state !== 'withdrawn') await this.#tell(tx, row, state);
      return agencyProposalView(row, actor, await this.deciders.headsOf(tx.manager, actor.agencyId));
    });
  }

  /** @throws DutiesNotSeparate, NotTheHead, ProposalDecided */
  async #decider({ manager }: Tx, row: AgencyProposal, actor: Actor): Promise<Party> {
    const heads = await this.deciders.headsOf(manager, row.decidingAgencyId);
    const head = heads.find(({ postId, userId }) => postId === actor.postId && userId === actor.userId);
    if (!head) {
      const { name } = await manager.findOneByOrFail(Agency, { id: row.decidingAgencyId });
      throw NotTheHead({ agency: name });
    }
    assertSeparate('agency-change.approve', [{ act: 'agency-change.propose', userId: row.proposedBy.userId }], actor);
    if (row.state !== 'waiting') throw ProposalDecided();
    return head;
  }

  async #tell(tx: Tx, row: AgencyProposal, state: 'approved' | 'refused'): Promise<void> {
    const { name } = await this.agencies.view(tx.manager, row.agencyId);
    const request = { to: { userId: row.proposedBy.userId }, about: { type: 'agency-proposal', id: row.id } };
    const parameters = {
      agency: name,
      change: AGENCY_PROPOSAL_KIND_LABELS[row.kind],
      by: row.decidedBy?.fullName ?? '',
    };
    tx.forAgency(row.proposingAgencyId).publish(
      IdentityNotificationRequested,
      state === 'approved'
        ? notificationRequest('agency-change-approved', { ...request, parameters })
        : notificationRequest('agency-change-refused', {
            ...request,
            parameters: { ...parameters, reason: row.decisionReason ?? '' },
          }),
    );
  }
}

/** @throws AgencyCodeMalformed */
function changeOf(input: Input): AgencyChange {
  const { agencyId, kind } = input;
  const nothing = { endsOn: null, successorId: null, code: null, codeSource: null, startsOn: null };
  if (kind === 'closure') {
    return { ...nothing, agencyId, kind, endsOn: input.endsOn, successorId: input.successorId ?? null };
  }
  if (kind === 'code') {
    const { source: codeSource, startsOn } = input;
    return { ...nothing, agencyId, kind, code: codeOf(input.code), codeSource, startsOn };
  }
  return { ...nothing, agencyId, kind };
}
