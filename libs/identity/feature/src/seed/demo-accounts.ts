import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { idFrom } from '@qlvb/shared-domain';
import { CCCD_TEST_PREFIX } from '@qlvb/vietnam';
import { z } from 'zod';
import { agencyIdOf } from '../agencies/agencies.service.ts';
import { hashPassword } from '../auth/passwords.ts';
import { Account, Unit } from '../identity.entities.ts';
import { Posts } from '../users/posts.ts';
import { role } from '../users/users.dto.ts';
import { UsersService } from '../users/users.service.ts';

/** A person of the demonstration; the number carries a prefix that no place has. @source CID-34 */
export const demoAccount = z.object({
  login: z.string().regex(new RegExp(`^${CCCD_TEST_PREFIX}\\d{9}$`)),
  agencyCode: z.string(),
  unit: z.string(),
  unitSymbol: z.string(),
  fullName: z.string(),
  title: z.string(),
  roles: z.array(role).min(1),
});
export type DemoAccount = z.infer<typeof demoAccount>;

/** Accounts of the embedded platform for trying it out, made by installation and not by proposal; never made elsewhere. */
@Injectable()
export class DemoAccounts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(Posts) private readonly posts: Posts,
  ) {}

  /** Makes what is missing; @returns how many accounts were new */
  async load(accounts: readonly DemoAccount[], password: string): Promise<number> {
    const passwordHash = await hashPassword(password);
    let made = 0;
    for (const account of accounts) {
      const added = await this.database.command((tx) => this.#add(tx, account, passwordHash), {
        agencyId: agencyIdOf(account.agencyCode),
      });
      if (added) made += 1;
    }
    return made;
  }

  async #add(tx: Tx, account: DemoAccount, passwordHash: string): Promise<boolean> {
    const { login, agencyCode, unit, unitSymbol, fullName, title, roles } = account;
    await tx.manager.query('SELECT pg_advisory_xact_lock(7201012)');
    const userId = idFrom(`demo-user:${login}`);
    if (await tx.manager.findOneBy(Account, { id: userId })) return false;
    const unitId = idFrom(`demo-unit:${agencyCode}:${unit}`);
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(Unit)
      .values({
        id: unitId,
        agencyId: tx.agencyId,
        version: 1,
        createdAt: tx.now,
        updatedAt: tx.now,
        name: unit,
        symbol: unitSymbol,
      })
      .orIgnore()
      .execute();
    await this.users.insert(tx, { userId, number: login, fullName, passwordHash });
    const person = { id: userId, fullName, permissionVersion: 1 };
    await this.posts.give(tx, idFrom(`demo-post:${login}`), person, { unitId, title, rank: null, roles });
    return true;
  }
}
