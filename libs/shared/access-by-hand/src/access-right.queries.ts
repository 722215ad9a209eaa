import { byTime, inOrder, keysetPage } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { AccessRightEntity } from './access-right.entity.ts';

/** A right with the names that people know: what the object is about, the person or unit. */
export interface NamedRight {
  readonly right: AccessRightEntity;
  readonly subject: string;
  readonly name: string | null;
}

const NAME = `(SELECT CASE r.principal_kind WHEN 'unit' THEN p.unit_name ELSE p.full_name END FROM directory_post p
  WHERE r.principal_id = CASE r.principal_kind WHEN 'unit' THEN p.unit_id WHEN 'post' THEN p.post_id
    WHEN 'person' THEN p.user_id END LIMIT 1)`;

/**
 * The rights of a service, `r`, with their names.
 *
 * @param subject SQL of what the object of a right `r` is about
 */
export const namedRights = (manager: EntityManager, subject: string): SelectQueryBuilder<AccessRightEntity> =>
  manager.createQueryBuilder(AccessRightEntity, 'r').select('r').addSelect(subject, 'subject').addSelect(NAME, 'name');

async function rows(builder: SelectQueryBuilder<AccessRightEntity>): Promise<NamedRight[]> {
  const { entities, raw } = await builder.getRawAndEntities<{ subject: string; name: string | null }>();
  return entities.map((right, n) => ({ right, subject: raw[n]?.subject ?? '', name: raw[n]?.name ?? null }));
}

/** One right, if there is one with this id. */
export async function namedRight(
  builder: SelectQueryBuilder<AccessRightEntity>,
  id: string,
): Promise<NamedRight | undefined> {
  return (await rows(builder.where('r.id = :id', { id })))[0];
}

const NEWEST = byTime('validFrom');

/** The newest first. */
export function accessRightPage(
  builder: SelectQueryBuilder<AccessRightEntity>,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  scope: Readonly<Record<string, unknown>>,
): Promise<Page<NamedRight>> {
  return keysetPage(
    { limit, cursor },
    {
      scope,
      keys: NEWEST.keys,
      keysOf: ({ right }) => NEWEST.keysOf(right),
      query: (after) => {
        const query = inOrder(builder.clone(), 'DESC', ['r.validFrom', 'r.id'], after);
        return {
          take: (most) => rows(query.limit(most)),
          count: async (most) => (await query.select('1', 'one').orderBy().limit(most).getRawMany()).length,
        };
      },
    },
  );
}

/** Taken back, refused, or over by its own time. */
export const hasEnded = ({ revokedAt, validUntil }: AccessRightEntity, now: Date): boolean =>
  revokedAt !== null || (validUntil !== null && validUntil <= now);

/** Rights `r` that wait for a second person, with the parameter `now`. */
export const WAITS = 'r.confirmedAt IS NULL AND r.revokedAt IS NULL AND (r.validUntil IS NULL OR r.validUntil > :now)';

/** What is said of a right whatever it is a right to. */
export const accessRightView = ({ right, name }: NamedRight, now: Date) => ({
  accessRightId: right.id,
  principalKind: right.principalKind,
  principalId: right.principalId,
  principalName: name,
  right: right.right,
  ground: right.ground,
  state: hasEnded(right, now) ? ('ended' as const) : right.confirmedAt ? ('held' as const) : ('waiting' as const),
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
