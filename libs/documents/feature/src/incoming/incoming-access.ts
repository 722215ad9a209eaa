import type { AccessRight, Person } from '@qlvb/contracts';
import type { IncomingRole } from '@qlvb/documents-domain';
import type { AccessGrant } from '@qlvb/platform-access';
import type { IncomingDocument } from './incoming.entity.ts';

const ROLE_OF: Partial<Record<AccessRight, IncomingRole>> = { register: 'clerk', direct: 'leader' };

/** The capacities in which a person with these rights stands to an incoming document. */
export const rolesOf = (rights: readonly AccessRight[]): IncomingRole[] =>
  rights.flatMap((right) => ROLE_OF[right] ?? []);

/** What came in is the clerks' until it stands in the register; what they refused never does. */
export const incomingTask = ({ agencyId, state }: Pick<IncomingDocument, 'agencyId' | 'state'>): AccessGrant[] =>
  state === 'arrived' || state === 'rejected'
    ? [
        {
          principalKind: 'agency',
          principalId: agencyId,
          permission: 'incoming-documents.accept',
          right: 'register',
          ground: 'registers',
        },
      ]
    : [];

/** Others than clerks and leaders see what they were given to handle. @source SEC-Z02 */
export const handles = (...people: readonly Person[]): AccessGrant[] =>
  people.map(({ userId }) => ({ principalKind: 'person', principalId: userId, right: 'handle', ground: 'handles' }));
