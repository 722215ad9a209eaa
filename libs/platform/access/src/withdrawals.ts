import type { ObjectKind } from '@qlvb/contracts';
import type { Tx } from '@qlvb/platform-database';
import { WITHDRAWN } from './access-rows.ts';

/**
 * Of several people those from whom access to an object was withdrawn by hand at or after a time: what was decided before it opens
 * the object to them no more, whenever it comes to be known.
 *
 * @param people each with the ids by which rows may speak to him
 * @returns the user ids of those
 * @source NĐ30-PL6-F3b
 */
export async function withdrawnSince(
  { manager }: Tx,
  { kind, id }: { readonly kind: ObjectKind; readonly id: string },
  people: readonly { readonly userId: string; readonly postId: string }[],
  since: Date,
): Promise<ReadonlySet<string>> {
  const rows = (await manager.query(
    `SELECT DISTINCT principal_id AS id FROM access_row
     WHERE object_kind = $1 AND object_id = $2 AND principal_id = ANY($3) AND revoked_at >= $4 AND ${WITHDRAWN}`,
    [kind, id, people.flatMap(({ userId, postId }) => [userId, postId]), since],
  )) as { id: string }[];
  const taken = new Set(rows.map((row) => row.id));
  return new Set(
    people.filter(({ userId, postId }) => taken.has(userId) || taken.has(postId)).map(({ userId }) => userId),
  );
}

/**
 * SQL that holds for an object which was withdrawn from a person by hand, whatever was opened to him since; with the parameters of
 * `accessTo`.
 *
 * @param kind expression of its kind
 * @param objectId expression of its id
 */
export const withdrawnByHand = (kind: string, objectId: string): string =>
  `EXISTS (SELECT 1 FROM access_row a WHERE a.object_kind = ${kind} AND a.object_id = ${objectId}
    AND a.principal_id = ANY(:accessPrincipals) AND ${WITHDRAWN})`;
