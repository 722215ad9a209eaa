import type { AccessRight, Person } from '@qlvb/contracts';
import type { OutgoingRole } from '@qlvb/documents-domain';
import type { AccessGrant } from '@qlvb/platform-access';
import type { OutgoingDocument } from './outgoing.entities.ts';

const ROLE_OF: Partial<Record<AccessRight, OutgoingRole>> = {
  draft: 'drafter',
  'check-content': 'unit_head',
  'check-layout': 'layout_checker',
  sign: 'signer',
  register: 'clerk',
};

/** The capacities in which a person with these rights stands to an outgoing document. */
export const rolesOf = (rights: readonly AccessRight[]): OutgoingRole[] =>
  rights.flatMap((right) => ROLE_OF[right] ?? []);

/** Who drafts works on the draft in the post in which it was begun. */
export const drafts = ({ postId }: Person): AccessGrant => ({
  principalKind: 'post',
  principalId: postId,
  right: 'draft',
  ground: 'drafts',
});

/** Whose task the document is at its step, where that is a role of the agency: the layout's check, then its number. */
export function outgoingTask({ agencyId, state }: Pick<OutgoingDocument, 'agencyId' | 'state'>): AccessGrant[] {
  const role = { principalKind: 'agency', principalId: agencyId } as const;
  if (state === 'layout_check' || state === 'awaiting_signature') {
    return [{ ...role, permission: 'outgoing-documents.layout-check', right: 'check-layout', ground: 'checks-layout' }];
  }
  if (state === 'signed') {
    return [{ ...role, permission: 'outgoing-documents.register', right: 'register', ground: 'registers' }];
  }
  return [];
}

/** The head of the unit that drafts checks the content. @source NĐ30-A12-1 */
export const headsUnit = (unitId: string): AccessGrant => ({
  principalKind: 'unit',
  principalId: unitId,
  permission: 'outgoing-documents.content-check',
  right: 'check-content',
  ground: 'heads-unit',
});

/** Who is to sign sees the document when both checks passed. @source NĐ30-A11-1 */
export const signs = ({ postId }: Person): AccessGrant => ({
  principalKind: 'post',
  principalId: postId,
  right: 'sign',
  ground: 'signs',
});
