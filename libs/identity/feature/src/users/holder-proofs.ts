import { Inject, Injectable } from '@nestjs/common';
import { PersonNumbered } from '@qlvb/contracts';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { defineJob, OnJob } from '@qlvb/platform-jobs';
import type { Job } from '@qlvb/platform-jobs';
import { numberProof, numberProofKey } from '@qlvb/vietnam';
import type { NumberProofKey } from '@qlvb/vietnam';
import { z } from 'zod';
import { Account } from '../identity.entities.ts';
import { IDENTITY_SETTINGS } from '../identity.settings.ts';
import type { IdentitySettings } from '../identity.settings.ts';
import { Vault } from '../vault.ts';

const AT_ONCE = 200;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Accounts from before there were proofs, or whose proof is under an older key. */
export const TellHolders = defineJob({
  kind: 'identity.tell-holders',
  data: z.object({}),
  scope: 'platform',
  everySeconds: 300,
});

interface Untold {
  readonly id: string;
  readonly home_agency_id: string;
}

/** Lets signature compare certificates with accounts by the citizen number, which does not leave this service. @source VN-05 @source CID-20 */
@Injectable()
export class HolderProofs {
  readonly #key: NumberProofKey;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(IDENTITY_SETTINGS) settings: IdentitySettings,
  ) {
    this.#key = numberProofKey(settings.holderKey.reveal());
  }

  /** @returns id of the key, to be kept with the account in the same transaction */
  async tell(tx: Tx, userId: string, number: string): Promise<string> {
    const proof = await numberProof(this.#key, userId, number);
    tx.publish(PersonNumbered, { userId, keyId: this.#key.id, proof, toldAt: tx.now.toISOString() });
    return this.#key.id;
  }

  /** One account that cannot be opened keeps none of the others back. @throws Error naming those that failed */
  @OnJob(TellHolders)
  async tellAll({ signal }: Pick<Job, 'signal'>): Promise<void> {
    const failures: unknown[] = [];
    let after = BEFORE_ALL;
    for (;;) {
      const accounts = await this.#untold(after);
      for (const { id, home_agency_id: agencyId } of accounts) {
        signal.throwIfAborted();
        after = id;
        await this.database
          .command((tx) => this.#tellOne(tx, id), { agencyId })
          .catch((error: unknown) => failures.push(error));
      }
      if (accounts.length < AT_ONCE) break;
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} accounts could not be told of`);
  }

  #untold(after: string): Promise<Untold[]> {
    return this.database.source.query('SELECT * FROM accounts_to_tell($1, $2, $3)', [this.#key.id, after, AT_ONCE]);
  }

  async #tellOne(tx: Tx, id: string): Promise<void> {
    const account = await tx.manager.findOne(Account, {
      where: { id },
      select: { id: true, cccdSealed: true, holderKey: true },
      lock: { mode: 'pessimistic_write' },
    });
    if (!account || account.holderKey === this.#key.id) return;
    const holderKey = await this.tell(tx, id, this.vault.open(account.cccdSealed, id));
    await tx.manager.query('UPDATE account SET holder_key = $2 WHERE id = $1', [id, holderKey]);
  }
}
