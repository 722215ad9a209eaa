import { Inject, Injectable } from '@nestjs/common';
import type { AccessKind } from '@qlvb/contracts';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import { inOrder, keysetPage, TIME_AND_ID } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { z } from 'zod';
import { IncomingDocument } from '../incoming/incoming.entity.ts';
import { OutgoingDocument } from '../outgoing/outgoing.entities.ts';
import { AccessRightEntity } from './access-right.entity.ts';
import type { AccessRightQuery, AccessRightView } from './access.dto.ts';
import { AccessRightNotFound } from './access.problems.ts';
import { DocumentAccess, MAY_CHANGE } from './document-access.ts';

type View = z.input<typeof AccessRightView>;

/** A right with the names that people know: the subject of the document, the person or unit. */
export interface NamedRight {
  readonly right: AccessRightEntity;
  readonly subject: string;
  readonly name: string | null;
}

const NAME = `(SELECT CASE r.principal_kind WHEN 'unit' THEN p.unit_name ELSE p.full_name END FROM directory_post p
  WHERE r.principal_id = CASE r.principal_kind WHEN 'unit' THEN p.unit_id WHEN 'post' THEN p.post_id
    WHEN 'person' THEN p.user_id END LIMIT 1)`;

/** Reading who may see a document, and what waits for a second person. */
@Injectable()
export class AccessRightQueries {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
  ) {}

  /**
   * Every right to one document, the newest first, for those who may change them.
   *
   * @throws OutgoingNotFound, IncomingNotFound, AccessNotYoursToChange
   * @source NĐ30-PL6-F3b
   */
  list(kind: AccessKind, id: string, query: z.output<typeof AccessRightQuery>, actor: Actor): Promise<Page<View>> {
    return this.database.read(async (manager) => {
      await this.access.changeable(manager, { kind, id }, actor);
      return page(named(manager).where('r.objectKind = :kind AND r.objectId = :id', { kind, id }), query, { kind, id });
    });
  }

  /** What waits for a second person, on the documents whose access the actor may change. @source NĐ30-PL6-F3c */
  waiting(query: z.output<typeof AccessRightQuery>, actor: Actor): Promise<Page<View>> {
    const [outgoing, incoming] = [this.access.outgoing(actor), this.access.incoming(actor)];
    return this.database.read((manager) => {
      const builder = named(manager)
        .where('r.confirmedAt IS NULL AND r.revokedAt IS NULL')
        .andWhere(
          `(r.objectKind = 'outgoing-document' AND ${outgoing.on('r.object_id', MAY_CHANGE['outgoing-document'])}
            OR r.objectKind = 'incoming-document' AND ${incoming.on('r.object_id', MAY_CHANGE['incoming-document'])})`,
        )
        .setParameters(outgoing.parameters);
      return page(builder, query, { waiting: true });
    });
  }
}

/** @throws AccessRightNotFound */
export async function namedRight(manager: EntityManager, id: string): Promise<NamedRight> {
  const [found] = await rows(named(manager).where('r.id = :id', { id }));
  if (!found) throw AccessRightNotFound();
  return found;
}

export const accessRightView = ({ right, subject, name }: NamedRight): View => ({
  accessRightId: right.id,
  documentKind: right.objectKind,
  documentId: right.objectId,
  subject,
  principalKind: right.principalKind,
  principalId: right.principalId,
  principalName: name,
  right: right.right,
  ground: right.ground,
  state: right.revokedAt ? 'ended' : right.confirmedAt ? 'held' : 'waiting',
  reason: right.reason,
  givenBy: right.givenBy,
  startsAt: right.validFrom,
  endsAt: right.validUntil,
  confirmedBy: right.confirmedBy,
  confirmedAt: right.confirmedAt,
  endedBy: right.revokedBy,
  endedAt: right.revokedAt,
  endReason: right.revokeReason,
});

const named = (manager: EntityManager): SelectQueryBuilder<AccessRightEntity> =>
  manager
    .createQueryBuilder(AccessRightEntity, 'r')
    .leftJoin(OutgoingDocument, 'o', `r.objectKind = 'outgoing-document' AND o.id = r.objectId`)
    .leftJoin(IncomingDocument, 'i', `r.objectKind = 'incoming-document' AND i.id = r.objectId`)
    .addSelect('coalesce(o.subject, i.subject)', 'subject')
    .addSelect(NAME, 'name');

async function rows(builder: SelectQueryBuilder<AccessRightEntity>): Promise<NamedRight[]> {
  const { entities, raw } = await builder.getRawAndEntities<{ subject: string; name: string | null }>();
  return entities.map((right, n) => ({ right, subject: raw[n]?.subject ?? '', name: raw[n]?.name ?? null }));
}

async function page(
  builder: SelectQueryBuilder<AccessRightEntity>,
  { limit, cursor }: z.output<typeof AccessRightQuery>,
  scope: Readonly<Record<string, unknown>>,
): Promise<Page<View>> {
  const found = await keysetPage(
    { limit, cursor },
    {
      scope,
      keys: TIME_AND_ID,
      query: (after) => {
        const query = inOrder(builder.clone(), 'DESC', ['r.validFrom', 'r.id'], after);
        return {
          take: (most) => rows(query.limit(most)),
          count: async (most) => (await query.select('1', 'one').orderBy().limit(most).getRawMany()).length,
        };
      },
      keysOf: ({ right }) => [right.validFrom.toISOString(), right.id],
    },
  );
  return { ...found, items: found.items.map(accessRightView) };
}
