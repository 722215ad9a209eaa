import { CITIZEN_NUMBER_DOUBTS } from '@qlvb/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { AccountExists, AccountNotFound, CccdDoubtful, CccdEntriesDiffer, CccdInvalid } from '@qlvb/identity-domain';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { checkCccd, maskCccd, sameCccdEntry, vietnamYear } from '@qlvb/vietnam';
import { CLOCK } from '@qlvb/platform-service';
import type { Clock } from '@qlvb/shared-domain';
import type { z } from 'zod';
import { SessionEnds } from '../auth/session-ends.ts';
import { Account } from '../identity.entities.ts';
import { IDENTITY_SETTINGS } from '../identity.settings.ts';
import type { IdentitySettings } from '../identity.settings.ts';
import { Vault } from '../vault.ts';
import { HolderProofs } from './holder-proofs.ts';
import type { PersonOfPost } from './posts.ts';
import type { CccdEntry, CccdRevealed, CccdRevealInput } from './users.dto.ts';

/** What is stored of a number: never the number itself. */
export interface SealedNumber {
  readonly cccdSealed: Buffer;
  readonly cccdIndex: Buffer;
  readonly cccdMasked: string;
  readonly holderKey: string;
}

/** A number judged good to name an account, with what an administrator knowingly let pass. */
export interface AcceptedNumber {
  readonly number: string;
  readonly override?: { readonly doubts: readonly string[]; readonly reason: string };
}

/** The citizen numbers that name accounts: judged, sealed, replaced, shown on request. */
@Injectable()
export class CitizenNumbers {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
    @Inject(SessionEnds) private readonly ends: SessionEnds,
    @Inject(HolderProofs) private readonly holders: HolderProofs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws CccdInvalid, CccdEntriesDiffer, CccdDoubtful
   * @source CID-01
   * @source CID-06
   * @source CID-08
   * @source CID-09
   * @source CID-10
   */
  accept({ cccd, cccdAgain, overrideReason }: z.output<typeof CccdEntry>): AcceptedNumber {
    const { number, refusals, warnings } = checkCccd(cccd, {
      year: vietnamYear(this.clock.now()),
      strictness: this.settings.cccdStrictness,
      testRealm: this.settings.cccdTestRealm,
    });
    if (refusals.length > 0 || !number) throw CccdInvalid();
    if (!sameCccdEntry(cccd, cccdAgain)) throw CccdEntriesDiffer();
    if (warnings.length === 0) return { number };
    if (overrideReason === undefined)
      throw CccdDoubtful({ doubts: warnings.map((doubt) => CITIZEN_NUMBER_DOUBTS[doubt]) });
    return { number, override: { doubts: warnings, reason: overrideReason } };
  }

  /**
   * Seals a number for one account; nobody else can take it until the transaction ends.
   *
   * @throws AccountExists also for a number that an account had before
   * @source CID-14
   * @source CID-15
   * @source CID-23
   */
  async claim(tx: Tx, userId: string, number: string): Promise<SealedNumber> {
    const cccdIndex = await this.#lock(tx, number);
    await this.#assertFree(tx, cccdIndex);
    const holderKey = await this.holders.tell(tx, userId, number);
    return { cccdSealed: this.vault.seal(number, userId), cccdIndex, cccdMasked: maskCccd(number), holderKey };
  }

  /** Whose number it is now; a number that somebody had before is nobody's any more. @throws AccountExists */
  async holder(tx: Tx, number: string): Promise<(PersonOfPost & { readonly state: string }) | undefined> {
    const index = await this.#lock(tx, number);
    const [row] = (await tx.manager.query('SELECT * FROM login_account($1)', [index])) as {
      id: string;
      full_name: string;
      state: string;
      permission_version: number;
    }[];
    if (row)
      return { id: row.id, fullName: row.full_name, state: row.state, permissionVersion: row.permission_version };
    await this.#assertFree(tx, index);
    return undefined;
  }

  /**
   * Gives an account another number. The person stays the same; the former number is kept and never given out again.
   *
   * @throws AccountNotFound, AccountExists
   * @source CID-14
   */
  async replace(
    tx: Tx,
    userId: string,
    { number, override, reason }: AcceptedNumber & { readonly reason: string },
  ): Promise<void> {
    const account = await tx.manager.findOne(Account, {
      where: { id: userId, homeAgencyId: tx.agencyId },
      select: { id: true, cccdSealed: true, cccdIndex: true, cccdMasked: true },
      lock: { mode: 'pessimistic_write' },
    });
    if (!account) throw AccountNotFound({ id: userId });
    const sealed = await this.claim(tx, userId, number);
    await tx.manager.query('INSERT INTO former_cccd VALUES ($1, $2, $3, $4, $5)', [
      account.cccdIndex,
      userId,
      account.cccdSealed,
      reason,
      tx.now,
    ]);
    await tx.manager.query(
      `UPDATE account SET cccd_sealed = $2, cccd_index = $3, cccd_masked = $4, holder_key = $6, version = version + 1,
         updated_at = $5
       WHERE id = $1`,
      [userId, sealed.cccdSealed, sealed.cccdIndex, sealed.cccdMasked, tx.now, sealed.holderKey],
    );
    await this.ends.everywhere(tx, userId, 'number-changed');
    tx.audit({
      action: 'account.number-changed',
      resource: { type: 'account', id: userId },
      before: { cccdMasked: account.cccdMasked },
      after: { cccdMasked: sealed.cccdMasked, reason, ...(override ? { override } : {}) },
    });
  }

  /**
   * Shows the whole number to somebody who may see it and says why; every time leaves a trace.
   *
   * @throws AccountNotFound
   * @source CID-21
   */
  reveal(userId: string, { reason }: z.output<typeof CccdRevealInput>): Promise<z.input<typeof CccdRevealed>> {
    return this.database.command(async (tx) => {
      const account = await tx.manager.findOne(Account, {
        where: { id: userId },
        select: { id: true, cccdSealed: true },
      });
      if (!account) throw AccountNotFound({ id: userId });
      tx.audit({
        action: 'account.number-revealed',
        resource: { type: 'account', id: userId },
        after: { reason },
      });
      return { cccd: this.vault.open(account.cccdSealed, userId) };
    });
  }

  async #lock(tx: Tx, number: string): Promise<Buffer> {
    const index = this.vault.index(number);
    await tx.manager.query('SELECT pg_advisory_xact_lock($1)', [index.readBigInt64BE().toString()]);
    return index;
  }

  /** @throws AccountExists also for a number that an account had before */
  async #assertFree(tx: Tx, index: Buffer): Promise<void> {
    const [found] = (await tx.manager.query('SELECT account_taken($1) AS taken', [index])) as { taken: boolean }[];
    if (found?.taken) throw AccountExists();
  }
}
