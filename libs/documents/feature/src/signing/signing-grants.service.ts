import { Inject, Injectable } from '@nestjs/common';
import { Directory } from '@qlvb/directory';
import {
  assertGrantAcceptable,
  GrantNotYours,
  SigningGrantNotFound,
  SigningGrantRevoked,
} from '@qlvb/documents-domain';
import type { Actor } from '@qlvb/platform-context';
import { Database, update } from '@qlvb/platform-database';
import { BY_ID, inOrder, keysetPage } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import { newId } from '@qlvb/shared-domain';
import { vietnamDate } from '@qlvb/vietnam';
import { IsNull } from 'typeorm';
import { z } from 'zod';
import { SigningAuthorities } from './signing-authorities.service.ts';
import { grantOf, SigningGrantEntity } from './signing-grant.entity.ts';
import type { SigningGrantInput, SigningGrantQuery, SigningGrantView } from './signing.dto.ts';

type View = z.input<typeof SigningGrantView>;

/** The register of grants: a deputy's field, an order, a written authority. */
@Injectable()
export class SigningGrants {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(SigningAuthorities) private readonly authorities: SigningAuthorities,
  ) {}

  /**
   * @throws GrantNotYours, PostUnknown, SigningGrantInvalid
   * @source NĐ30-A13-3
   * @source NĐ30-A13-4
   */
  grant(input: z.output<typeof SigningGrantInput>, actor: Actor): Promise<View> {
    return this.database.command(async (tx) => {
      await this.#assertHead(actor);
      const grantedBy = await this.directory.me();
      const row = Object.assign(new SigningGrantEntity(), {
        id: newId(),
        agencyId: tx.agencyId,
        version: 1,
        createdAt: tx.now,
        updatedAt: tx.now,
        form: input.form,
        grantee: await this.directory.person(input.granteePostId),
        grantedBy,
        kinds: input.kinds,
        field: input.field ?? null,
        validFrom: input.startsOn,
        validUntil: input.endsOn ?? null,
        document: input.document ?? null,
        revocation: null,
      });
      const standing = await tx.manager.findBy(SigningGrantEntity, { revocation: IsNull() });
      assertGrantAcceptable(grantOf(row), standing.map(grantOf), vietnamDate(tx.now));
      await tx.manager.insert(SigningGrantEntity, row);
      const { form, grantee, kinds, field, validFrom, validUntil, document } = row;
      tx.audit({
        action: 'signing-grant.given',
        resource: { type: 'signing-grant', id: row.id },
        after: { form, grantee: grantee.userId, kinds, field, validFrom, validUntil, document },
      });
      return view(row);
    });
  }

  /** From this moment it covers nothing; what was signed under it stands. @throws SigningGrantNotFound, GrantNotYours, SigningGrantRevoked */
  revoke(id: string, reason: string, actor: Actor): Promise<View> {
    return update(
      this.database,
      {
        entity: SigningGrantEntity,
        id,
        missing: SigningGrantNotFound,
        action: 'signing-grant.revoked',
        access: 'agency',
      },
      async (row, tx) => {
        await this.#assertHead(actor);
        if (row.revocation) throw SigningGrantRevoked();
        row.revocation = { reason, by: await this.directory.me(), at: tx.now.toISOString() };
        return view(row);
      },
    );
  }

  list(query: z.output<typeof SigningGrantQuery>): Promise<Page<View>> {
    const { limit, cursor } = query;
    return this.database.read(async (manager) => {
      const page = await keysetPage(
        { limit, cursor },
        {
          scope: {},
          ...BY_ID,
          query: (after) =>
            inOrder(manager.createQueryBuilder(SigningGrantEntity, 'g').where('true'), 'ASC', ['g.id'], after),
        },
      );
      return { ...page, items: page.items.map(view) };
    });
  }

  async #assertHead(actor: Actor): Promise<void> {
    if (!actor.postId || !(await this.authorities.isHead(actor.postId))) throw GrantNotYours();
  }
}

const view = (row: SigningGrantEntity): View => ({
  grantId: row.id,
  form: row.form,
  grantee: row.grantee,
  grantedBy: row.grantedBy,
  kinds: row.kinds,
  field: row.field,
  startsOn: row.validFrom,
  endsOn: row.validUntil,
  document: row.document,
  revocation: row.revocation,
});
