import type {
  AccessAudience,
  AccessGround,
  AccessKind,
  AccessRight,
  AccessSubject,
  ObjectRight,
  PrincipalKind,
  RightTo,
} from '@qlvb/contracts';
import type { Tx } from '@qlvb/platform-database';
import { newId } from '@qlvb/shared-domain';

/** The object whose access changes; `at` is the time by which its lists are ordered. */
export interface AccessObject<Kind extends AccessSubject = AccessKind> {
  readonly kind: Kind;
  readonly id: string;
  readonly at: Date;
  /** Entered in the register of its kind, once for ever. */
  readonly registered: boolean;
}

/** What a rule gives, and with that confirms. */
export interface AccessGrant<Right extends ObjectRight = AccessRight> {
  readonly principalKind: PrincipalKind;
  readonly principalId: string;
  /** Only for those of the unit or agency who have this role. */
  readonly permission?: AccessAudience;
  readonly right: Right;
  readonly ground: Exclude<AccessGround, 'by-hand' | 'told'>;
}

/** All rows of an object that hold, and from whom one was withdrawn by hand. */
export interface AccessState<Right extends ObjectRight = AccessRight> {
  readonly version: number;
  readonly rows: readonly {
    readonly principalKind: PrincipalKind;
    readonly principalId: string;
    readonly permission: string | null;
    readonly right: Right;
    readonly validFrom: string;
    readonly validUntil: string | null;
  }[];
  readonly withdrawn: readonly {
    readonly principalKind: PrincipalKind;
    readonly principalId: string;
    readonly withdrawnAt: string;
  }[];
}

/** A right that opened something and that a person took away; a rule ends rows too, and a proposal that is refused opened nothing. */
export const WITHDRAWN = 'revoked_at IS NOT NULL AND revoked_by IS NOT NULL AND confirmed_at IS NOT NULL';

/**
 * Gives what an act, a task or a change of state opens; what is there already is left.
 *
 * @param anew grounds of which nothing is left but what is given
 * @returns the state to tell of; undefined when nothing changed
 */
export async function changeAccess<Kind extends AccessSubject>(
  tx: Tx,
  object: AccessObject<Kind>,
  give: readonly AccessGrant<RightTo<Kind>>[],
  anew: readonly AccessGround[] = [],
): Promise<AccessState<RightTo<Kind>> | undefined> {
  const rows = give.map(({ principalKind, principalId, permission, right, ground }) => ({
    id: newId(),
    principal_kind: principalKind,
    principal_id: principalId,
    permission: permission ?? null,
    access_right: right,
    ground,
  }));
  const [{ changed }] = (await tx.manager.query(
    `WITH given AS (
       SELECT * FROM jsonb_to_recordset($1) AS g(id uuid, principal_kind text, principal_id uuid, permission text,
         access_right text, ground text)
     ), ended AS (
       UPDATE access_row a SET revoked_at = $2
       WHERE a.object_kind = $3 AND a.object_id = $4 AND a.ground = ANY($5) AND a.revoked_at IS NULL AND NOT EXISTS (
         SELECT 1 FROM given g WHERE (g.principal_id, g.access_right, g.ground) = (a.principal_id, a.access_right, a.ground)
           AND g.permission IS NOT DISTINCT FROM a.permission)
       RETURNING 1
     ), added AS (
       INSERT INTO access_row (id, agency_id, object_kind, object_id, object_at, principal_kind, principal_id, permission,
         access_right, ground, valid_from, confirmed_at)
       SELECT id, $6, $3, $4, $7, principal_kind, principal_id, permission, access_right, ground, $2, $2 FROM given
       ON CONFLICT DO NOTHING RETURNING 1
     ), entered AS (
       INSERT INTO access_object (agency_id, object_kind, object_id, object_at, version, registered) VALUES ($6, $3, $4, $7, 0, $8)
       ON CONFLICT (agency_id, object_kind, object_id) DO UPDATE SET registered = true
       WHERE excluded.registered AND NOT access_object.registered RETURNING 1
     )
     SELECT EXISTS (SELECT 1 FROM ended) OR EXISTS (SELECT 1 FROM added) OR EXISTS (SELECT 1 FROM entered) AS changed`,
    [JSON.stringify(rows), tx.now, object.kind, object.id, anew, tx.agencyId, object.at, object.registered],
  )) as [{ changed: boolean }];
  return changed ? currentAccess(tx, object) : undefined;
}

/** Counts a change that was made to the rows of an object. @returns all that hold now, and what was withdrawn */
export async function currentAccess<Kind extends AccessSubject>(
  tx: Tx,
  { kind, id }: AccessObject<Kind>,
): Promise<AccessState<RightTo<Kind>>> {
  const [state] = (await tx.manager.query(
    `WITH counted AS (
       UPDATE access_object SET version = version + 1 WHERE object_kind = $1 AND object_id = $2 RETURNING version
     )
     SELECT version, (
       SELECT coalesce(json_agg(r), '[]') FROM (
         SELECT principal_kind AS "principalKind", principal_id AS "principalId", permission, access_right AS "right",
           min(valid_from) AS "validFrom", nullif(max(coalesce(valid_until, 'infinity')), 'infinity') AS "validUntil"
         FROM access_row WHERE object_kind = $1 AND object_id = $2 AND confirmed_at IS NOT NULL AND revoked_at IS NULL
         GROUP BY 1, 2, 3, 4 ORDER BY 2, 4, 3
       ) r
     ) AS rows, (
       SELECT coalesce(json_agg(w), '[]') FROM (
         SELECT principal_kind AS "principalKind", principal_id AS "principalId", max(revoked_at) AS "withdrawnAt"
         FROM access_row WHERE object_kind = $1 AND object_id = $2 AND ${WITHDRAWN}
         GROUP BY 1, 2 ORDER BY 2
       ) w
     ) AS withdrawn FROM counted`,
    [kind, id],
  )) as [AccessState<RightTo<Kind>>];
  return state;
}

/**
 * Whether a person's access to an object was withdrawn by hand, and he was not told to handle it since.
 *
 * @param principalIds the person and his post
 */
export async function wasWithdrawn(
  { manager }: Tx,
  { kind, id }: AccessObject<AccessSubject>,
  principalIds: readonly string[],
): Promise<boolean> {
  const [{ withdrawn }] = (await manager.query(
    `SELECT EXISTS (
       SELECT 1 FROM access_row w
       WHERE w.object_kind = $1 AND w.object_id = $2 AND w.principal_id = ANY($3)
         AND ${WITHDRAWN}
         AND NOT EXISTS (
           SELECT 1 FROM access_row g
           WHERE g.object_kind = $1 AND g.object_id = $2 AND g.principal_id = ANY($3) AND g.ground = 'handles'
             AND g.revoked_at IS NULL AND g.valid_from > w.revoked_at)
     ) AS withdrawn`,
    [kind, id, principalIds],
  )) as [{ withdrawn: boolean }];
  return withdrawn;
}

/**
 * Puts what the owner of an object tells in the place of what was told before.
 *
 * @returns false when something newer is here already
 */
export async function replaceAccess(tx: Tx, object: AccessObject<AccessSubject>, state: AccessState): Promise<boolean> {
  const { kind, id, at, registered } = object;
  const newer = (await tx.manager.query(
    `INSERT INTO access_object (agency_id, object_kind, object_id, object_at, version, registered) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (agency_id, object_kind, object_id) DO UPDATE
     SET version = excluded.version, registered = access_object.registered OR excluded.registered
     WHERE access_object.version < excluded.version RETURNING 1`,
    [tx.agencyId, kind, id, at, state.version, registered],
  )) as unknown[];
  if (newer.length === 0) return false;
  await tx.manager.query('DELETE FROM access_row WHERE object_kind = $1 AND object_id = $2', [kind, id]);
  const rows = state.rows.map((row) => ({ id: newId(), ...row }));
  await tx.manager.query(
    `INSERT INTO access_row (id, agency_id, object_kind, object_id, object_at, principal_kind, principal_id, permission,
       access_right, ground, valid_from, valid_until, confirmed_at)
     SELECT r.id, $1, $2, $3, $4, r."principalKind", r."principalId", r.permission, r."right", 'told', r."validFrom",
       r."validUntil", r."validFrom"
     FROM jsonb_to_recordset($5) AS r(id uuid, "principalKind" text, "principalId" uuid, permission text, "right" text,
       "validFrom" timestamptz, "validUntil" timestamptz)
     ON CONFLICT DO NOTHING`,
    [tx.agencyId, kind, id, at, JSON.stringify(rows)],
  );
  // As rows that have ended, which open nothing.
  const withdrawn = state.withdrawn.map((one) => ({ id: newId(), ...one }));
  if (withdrawn.length === 0) return true;
  await tx.manager.query(
    `INSERT INTO access_row (id, agency_id, object_kind, object_id, object_at, principal_kind, principal_id, access_right, ground,
       valid_from, confirmed_at, revoked_at)
     SELECT w.id, $1, $2, $3, $4, w."principalKind", w."principalId", 'read', 'told', w."withdrawnAt", w."withdrawnAt", w."withdrawnAt"
     FROM jsonb_to_recordset($5) AS w(id uuid, "principalKind" text, "principalId" uuid, "withdrawnAt" timestamptz)`,
    [tx.agencyId, kind, id, at, JSON.stringify(withdrawn)],
  );
  return true;
}
