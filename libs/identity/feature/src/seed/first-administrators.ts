import { AccountExists, FirstAdministratorsMade } from '@qlvb/identity-domain';
import type { Database, Tx } from '@qlvb/platform-database';
import { idFrom, newId } from '@qlvb/shared-domain';
import type { Clock } from '@qlvb/shared-domain';
import { maskCccd, vietnamDate } from '@qlvb/vietnam';
import { IsNull } from 'typeorm';
import { z } from 'zod';
import { UnitInput } from '../agencies/agencies.dto.ts';
import { hashPassword } from '../auth/passwords.ts';
import { SessionEnds } from '../auth/session-ends.ts';
import { exchangedText } from '../exchanged-text.ts';
import { Account, Unit } from '../identity.entities.ts';
import type { IdentitySettings } from '../identity.settings.ts';
import { CitizenNumbers } from '../users/citizen-numbers.ts';
import { HolderProofs } from '../users/holder-proofs.ts';
import { Invitation } from '../users/invitation.entity.ts';
import { makePassword } from '../users/initial-password.ts';
import { Posts } from '../users/posts.ts';
import { CccdEntry, PostInput } from '../users/users.dto.ts';
import { UsersService } from '../users/users.service.ts';
import { Vault } from '../vault.ts';

const VALID_HOURS = 72;
/** One proposes and the other decides: with two every other account can be made over REST. */
const ENOUGH = 2;

export const FirstAdministrator = z.object({
  ...CccdEntry.shape,
  fullName: exchangedText('StaffInfo.Staff', 100),
  title: PostInput.shape.title,
  unit: UnitInput.shape.name,
  unitSymbol: UnitInput.shape.symbol,
});

export interface MadeAdministrator {
  readonly userId: string;
  readonly agency: string;
  readonly cccdMasked: string;
  /** Told once; opens nothing but the change to a password of the person's own. */
  readonly oneTimePassword: string;
  readonly expiresAt: Date;
}

/**
 * The two administrators with whom an installation begins. They stand in the top agency; whoever is at the machine is told the one-time
 * password of each. Somebody who has not used it yet may be given another.
 *
 * @source IDN-02
 * @source SEC-A03
 */
export class FirstAdministrators {
  readonly #database: Database;
  readonly #vault: Vault;
  readonly #numbers: CitizenNumbers;
  readonly #users: UsersService;
  readonly #posts: Posts;

  constructor(database: Database, settings: IdentitySettings, clock: Clock) {
    const ends = new SessionEnds(settings);
    this.#database = database;
    this.#vault = new Vault(settings);
    const holders = new HolderProofs(database, this.#vault, settings);
    this.#numbers = new CitizenNumbers(database, this.#vault, settings, ends, holders, clock);
    this.#users = new UsersService(database, this.#numbers);
    this.#posts = new Posts(ends);
  }

  /** @throws AccountExists, CccdDoubtful, CccdEntriesDiffer, CccdInvalid, FirstAdministratorsMade, Error where there are no agencies yet */
  async make(input: z.output<typeof FirstAdministrator>): Promise<MadeAdministrator> {
    const accepted = this.#numbers.accept(input);
    const top = await this.#top();
    const parts = [makePassword(), makePassword()] as const;
    const [firstHash, secondHash] = [await hashPassword(parts[0]), await hashPassword(parts[1])];
    return this.#database.command(
      async (tx) => {
        await tx.manager.query('SELECT pg_advisory_xact_lock(7201013)');
        const known = await this.#waiting(tx, accepted.number);
        const userId = known ?? newId();
        if (known === undefined) await this.#add(tx, userId, input, accepted);
        const expiresAt = new Date(tx.now.getTime() + VALID_HOURS * 3_600_000);
        const open = { userId, endedAt: IsNull() };
        await tx.manager.update(Invitation, open, { endedAt: tx.now, updatedAt: tx.now, version: () => 'version + 1' });
        await tx.manager.insert(Invitation, {
          ...{ id: newId(), agencyId: tx.agencyId, decidingAgencyId: tx.agencyId, version: 1 },
          ...{ createdAt: tx.now, updatedAt: tx.now, userId, expiresAt, lostReason: null, endedAt: null },
          ...{ invitedBy: null, firstHash, confirmedBy: null, confirmedAt: null, secondHash },
        });
        tx.audit({
          action: 'account.invited-by-installation',
          resource: { type: 'account', id: userId },
          after: { expiresAt },
        });
        const cccdMasked = maskCccd(accepted.number);
        return { userId, agency: top.name, cccdMasked, oneTimePassword: parts.join('-'), expiresAt };
      },
      { agencyId: top.id },
    );
  }

  async #top(): Promise<{ readonly id: string; readonly name: string }> {
    const [top] = (await this.#database.source.query(
      'SELECT id, name FROM agency WHERE parent_id IS NULL AND (valid_to IS NULL OR valid_to >= $1) ORDER BY id',
      [vietnamDate(this.#database.now())],
    )) as { id: string; name: string }[];
    if (!top) throw new Error('identity has not loaded the catalogue of agencies yet: start it first');
    return top;
  }

  /** @returns the person's account where the first password was never used; undefined for somebody new */
  async #waiting(tx: Tx, number: string): Promise<string | undefined> {
    const administrators = (await tx.manager.query('SELECT user_id FROM administrators_of($1)', [tx.agencyId])) as {
      user_id: string;
    }[];
    const [account] = (await tx.manager.query('SELECT id, must_change_password FROM login_account($1)', [
      this.#vault.index(number),
    ])) as { id: string; must_change_password: boolean }[];
    const isOne = administrators.some(({ user_id: id }) => id === account?.id);
    if (account && !(isOne && account.must_change_password)) throw AccountExists();
    if (!account && administrators.length >= ENOUGH) throw FirstAdministratorsMade();
    return account?.id;
  }

  async #add(
    tx: Tx,
    userId: string,
    { fullName, title, unit, unitSymbol }: z.output<typeof FirstAdministrator>,
    { number, override }: ReturnType<CitizenNumbers['accept']>,
  ): Promise<void> {
    const unitId = idFrom(`first-unit:${tx.agencyId}:${unitSymbol}`);
    if (!(await tx.manager.findOneBy(Unit, { id: unitId }))) {
      const times = { createdAt: tx.now, updatedAt: tx.now };
      await tx.manager.insert(Unit, {
        id: unitId,
        agencyId: tx.agencyId,
        version: 1,
        ...times,
        name: unit,
        symbol: unitSymbol,
      });
    }
    await this.#users.insert(tx, { userId, number, fullName, ...(override ? { override } : {}) });
    const { permissionVersion } = await tx.manager.findOneByOrFail(Account, { id: userId });
    const person = { id: userId, fullName, permissionVersion };
    await this.#posts.give(tx, newId(), person, { unitId, title, rank: null, roles: ['agency_admin'] });
  }
}
