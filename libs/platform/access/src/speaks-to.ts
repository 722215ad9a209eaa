import { ACCESS_AUDIENCES } from '@qlvb/contracts';
import type { Actor } from '@qlvb/platform-context';

/** Rows that hold now, whomever they speak to; with everything in the index `access_row_speaks_to`. */
export const HOLDS_NOW = `a.confirmed_at IS NOT NULL AND a.revoked_at IS NULL
  AND a.valid_from <= :accessNow AND (a.valid_until IS NULL OR a.valid_until > :accessNow)`;

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
    holds: `a.principal_id = ANY(:accessPrincipals) AND a.audience = ANY(:accessAudiences) AND ${HOLDS_NOW}`,
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
