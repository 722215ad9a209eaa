import type { AccessRight, Person } from '@qlvb/contracts';
import type { IncomingRole } from '@qlvb/documents-domain';
import type { AccessGrant } from '@qlvb/platform-access';

const ROLE_OF: Partial<Record<AccessRight, IncomingRole>> = { register: 'clerk', direct: 'leader' };

/** The capacities in which a person with these rights stands to an incoming document. */
export const rolesOf = (rights: readonly AccessRight[]): IncomingRole[] =>
  rights.flatMap((right) => ROLE_OF[right] ?? []);

/** Others than clerks and leaders see what they were given to handle. @source SEC-Z02 */
export const handles = (...people: readonly Person[]): AccessGrant[] =>
  people.map(({ userId }) => ({ principalKind: 'person', principalId: userId, right: 'handle', ground: 'handles' }));
