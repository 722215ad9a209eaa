import { ACCESS_AUDIENCES } from '@qlvb/contracts';
import type { Actor } from '@qlvb/platform-context';

/**
 * A parameter that the planner cannot look into. PostgreSQL plans a prepared query anew, each time, as long as that seems cheaper for
 * the values at hand; where it sees none, one plan for all is never dearer, and is kept.
 */
export const unseen = (parameter: string, type: string): string => `(SELECT :${parameter}::${type})::${type}`;

/** Rows that hold now, whomever they speak to; with everything in the index `access_row_speaks_to`. */
export const HOLDS_NOW = `a.confirmed_at IS NOT NULL AND a.revoked_at IS NULL
  AND a.valid_from <= ${unseen('accessNow', 'timestamptz')}
  AND (a.valid_until IS NULL OR a.valid_until > ${unseen('accessNow', 'timestamptz')})`;

/** To whom rows speak when they speak to a person. */
export interface Spoken {
  /** SQL that holds for a row `a` that speaks to the person now. */
  readonly holds: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Every principal together with a role, '' for none, by which a row can be asked for. */
  readonly keys: readonly (readonly [principalId: string, audience: string])[];
}

/** A person is spoken to as himself, by his post, as one of his unit or agency, and in each role that he has there. */
export function speaksTo({ userId, postId, unitId, agencyId, permissions }: Actor, now: Date): Spoken {
  const present = (ids: readonly (string | undefined)[]): string[] => ids.filter((id) => id !== undefined);
  const principals = present([userId, postId, unitId, agencyId]);
  const roles = ACCESS_AUDIENCES.filter((audience) => permissions.includes(audience));
  return {
    holds: `a.principal_id = ANY(${unseen('accessPrincipals', 'uuid[]')})
      AND a.audience = ANY(${unseen('accessAudiences', 'text[]')}) AND ${HOLDS_NOW}`,
    parameters: {
      accessPrincipals: principals,
      accessAudiences: ['', ...roles],
      accessAgency: agencyId,
      accessNow: now,
    },
    keys: [
      ...principals.map((id) => [id, ''] as const),
      ...present([unitId, agencyId]).flatMap((id) => roles.map((role) => [id, role] as const)),
    ],
  };
}
