import { ROLES } from './permissions.ts';
import type { Permission, Role } from './permissions.ts';

const EVERY_ROLE = Object.keys(ROLES) as Role[];

/** What a role lets its holder do with the roles of others. */
interface Grants {
  readonly propose: readonly Role[];
  readonly approve: readonly Role[];
  /** In the top agency, where neither it nor the one concerned has a head to approve: beside another administrator who proposes. */
  readonly standIn: readonly Role[];
}

/**
 * Who may give which roles: the only list. Nobody gives one alone: an administrator proposes, the head of the agency approves,
 * and neither does both on one proposal, nor anything on one about himself (`SEPARATIONS`). A role that is not here gives none.
 *
 * @source IDN-02
 * @source SEC-Z04
 */
export const GRANTS: Partial<Record<Role, Grants>> = {
  agency_admin: { propose: EVERY_ROLE, approve: [], standIn: EVERY_ROLE },
  leader: { propose: [], approve: EVERY_ROLE, standIn: [] },
};

/** @param held roles of the post in which somebody acts */
export const mayGrant = (act: keyof Grants, held: readonly string[], roles: readonly string[]): boolean =>
  roles.every((role) => held.some((own) => GRANTS[own as Role]?.[act].includes(role as Role)));

/** Roles that stand alone in a post: who administers or audits does no other work in it. @source SEC-Z05 */
const ALONE: readonly string[] = ['agency_admin', 'auditor'] satisfies Role[];

/**
 * Whether one person may hold these posts at the same time: nobody audits what he administers.
 *
 * @param posts the roles of each
 * @source SEC-Z05
 * @source SEC-Z06
 */
export function rolesGoTogether(posts: readonly (readonly string[])[]): boolean {
  const single = posts.every((roles) => roles.length === 1 || !roles.some((role) => ALONE.includes(role)));
  return single && !ALONE.every((role) => posts.some((roles) => roles.includes(role)));
}

/** What nobody holds but who administers an agency, or the province. */
const ADMINISTRATIVE: readonly string[] = ['agencies.manage', 'users.manage'] satisfies Permission[];

/** Whether a post that holds these permissions is an administrator's: no document is opened to it. @source SEC-Z05 */
export const administers = (permissions: readonly string[]): boolean =>
  permissions.some((permission) => ADMINISTRATIVE.includes(permission));
