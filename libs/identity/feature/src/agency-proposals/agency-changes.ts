import { Inject, Injectable } from '@nestjs/common';
import { IdentityNotificationRequested, notificationRequest } from '@qlvb/contracts';
import { assertClosable, assertCodeReplaceable, assertReopenable } from '@qlvb/identity-domain';
import type { AgencyDays } from '@qlvb/identity-domain';
import type { Tx } from '@qlvb/platform-database';
import { Jobs } from '@qlvb/platform-jobs';
import { sayTime } from '@qlvb/shared-domain';
import { addDays, toLegacyAgencyCode, vietnamDate, vietnamInstant } from '@qlvb/vietnam';
import { AgenciesService } from '../agencies/agencies.service.ts';
import { assertNewCode, assertSuccessor } from '../agencies/catalogue-checks.ts';
import { Agency, AgencyCode } from '../identity.entities.ts';
import type { AgencyProposal } from './agency-proposal.entity.ts';
import { EndAgency } from './ended-agencies.ts';

/** What is proposed, whatever stage it is at. */
export type AgencyChange = Pick<
  AgencyProposal,
  'agencyId' | 'kind' | 'endsOn' | 'successorId' | 'code' | 'codeSource' | 'startsOn'
>;

/** Closes an agency, gives it another code or opens it again; the caller holds the catalogue's lock. */
@Injectable()
export class AgencyChanges {
  constructor(
    @Inject(AgenciesService) private readonly agencies: AgenciesService,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  /**
   * Whether it could be done now.
   *
   * @throws AgencyClosed, AgencyCodeTaken, AgencyDayPast, AgencyNotClosed, AgencyNotFound
   */
  async assertPossible(tx: Tx, { agencyId, kind, endsOn, successorId, code, startsOn }: AgencyChange): Promise<void> {
    const days = await this.#daysOf(tx, agencyId);
    const today = vietnamDate(tx.now);
    if (kind === 'closure') {
      assertClosable(days, endsOn ?? '', today);
      await assertSuccessor(tx.manager, agencyId, { successorId, endsOn: endsOn ?? '' });
    } else if (kind === 'code') {
      assertCodeReplaceable(days, startsOn ?? '', addDays(today, 1));
      await assertNewCode(tx.manager, code ?? '');
    } else {
      assertReopenable(days);
    }
  }

  /**
   * Whoever knew the agency by a former code still finds it, and history keeps an agency that ended.
   *
   * @throws as `assertPossible`
   * @source AGC-04
   * @source AGC-06
   * @source AGC-08
   */
  async carryOut(tx: Tx, change: AgencyChange): Promise<void> {
    await this.assertPossible(tx, change);
    const { agencyId: id, kind } = change;
    const before = await this.agencies.view(tx.manager, id);
    const agency = await tx.manager.findOneByOrFail(Agency, { id });
    const version = agency.version + 1;
    if (kind === 'closure') await this.#close(tx, agency, change, version);
    else if (kind === 'code') await this.#replaceCode(tx, change, version);
    else await this.#reopen(tx, agency, version);
    await this.agencies.announce(tx, id, ACTIONS[kind], before);
  }

  async #close(tx: Tx, { id, name }: Agency, { endsOn, successorId }: AgencyChange, version: number): Promise<void> {
    const day = endsOn ?? '';
    await tx.manager.update(Agency, { id }, { validTo: day, successorId, version });
    await tx.manager.query('UPDATE agency_code SET valid_to = $2 WHERE agency_id = $1 AND valid_to IS NULL', [id, day]);
    const dueAt = vietnamInstant(addDays(day, 1));
    await this.jobs.enqueue(tx, EndAgency, { endsOn: day }, { key: `${id}:${day}`, dueAt });
    const about = { type: 'agency', id };
    const parameters = { agency: name, day: sayTime(day) };
    // Whoever works there has documents, registers or dossiers to finish or to hand over, and an account that ends.
    tx.publish(
      IdentityNotificationRequested,
      notificationRequest('agency-closing', {
        to: { permission: 'agencies.read' },
        about,
        urgency: 'urgent',
        parameters,
      }),
    );
    if (successorId === null) return;
    for (const permission of ['agencies.manage', 'agency-proposals.decide', 'registers.read'] as const) {
      tx.forAgency(successorId).publish(
        IdentityNotificationRequested,
        notificationRequest('agency-succeeded', { to: { permission }, about, parameters }),
      );
    }
  }

  async #replaceCode(tx: Tx, { agencyId, code, codeSource, startsOn }: AgencyChange, version: number): Promise<void> {
    const [given, day] = [code ?? '', startsOn ?? ''];
    await tx.manager.query('UPDATE agency_code SET valid_to = $2::date - 1 WHERE agency_id = $1 AND valid_to IS NULL', [
      agencyId,
      day,
    ]);
    await tx.manager.insert(AgencyCode, {
      code: given,
      legacyCode: toLegacyAgencyCode(given) ?? null,
      agencyId,
      validFrom: day,
      validTo: null,
    });
    await tx.manager.update(Agency, { id: agencyId }, { version, codeSource: codeSource ?? 'derived' });
  }

  async #reopen(tx: Tx, { id, name, validTo }: Agency, version: number): Promise<void> {
    await tx.manager.query('UPDATE agency_code SET valid_to = NULL WHERE agency_id = $1 AND valid_to = $2', [
      id,
      validTo,
    ]);
    await tx.manager.update(Agency, { id }, { validTo: null, successorId: null, version });
    tx.publish(
      IdentityNotificationRequested,
      notificationRequest('agency-reopened', {
        to: { permission: 'agencies.read' },
        about: { type: 'agency', id },
        parameters: { agency: name },
      }),
    );
  }

  async #daysOf(tx: Tx, id: string): Promise<AgencyDays> {
    await this.agencies.view(tx.manager, id);
    const { name, validFrom, validTo } = await tx.manager.findOneByOrFail(Agency, { id });
    const last = await tx.manager.findOneOrFail(AgencyCode, { where: { agencyId: id }, order: { validFrom: 'DESC' } });
    return { name, validFrom, validTo, codeFrom: last.validFrom };
  }
}

const ACTIONS = {
  closure: 'agency.closed',
  code: 'agency.code-replaced',
  reopening: 'agency.reopened',
} as const satisfies Record<AgencyProposal['kind'], string>;
