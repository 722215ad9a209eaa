import type { Permission } from '../permissions.ts';

/** Kinds of objects whose access is kept in rows. */
export const ACCESS_KINDS = ['incoming-document', 'outgoing-document'] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

/** To whom a row speaks: with a permission beside it, only to those of the unit or agency who hold that. */
export const PRINCIPAL_KINDS = ['agency', 'unit', 'post', 'person'] as const;
export type PrincipalKind = (typeof PRINCIPAL_KINDS)[number];

/** What a row allows; each of them includes reading. */
export const ACCESS_RIGHTS = [
  'check-content',
  'check-layout',
  'direct',
  'draft',
  'handle',
  'read',
  'register',
  'sign',
] as const;
export type AccessRight = (typeof ACCESS_RIGHTS)[number];

/** Why a row is there; `told` in the copy that another service keeps. */
export const ACCESS_GROUNDS = ['by-hand', 'drafts', 'handles', 'heads-unit', 'signs', 'told', 'took-part'] as const;
export type AccessGround = (typeof ACCESS_GROUNDS)[number];

/** What holders of a permission may do with every object of a kind in their agency. */
export interface StandingRight {
  readonly kind: AccessKind;
  readonly permission: Permission;
  readonly right: AccessRight;
}

/**
 * Standing rights: the only list. A role has what its permissions have; administrators have none of them.
 *
 * @source NĐ30-A4-1 clerks register everything
 * @source NĐ30-A12-2 the layout is checked of every draft
 * @source NĐ30-A23-3 leaders direct every incoming document
 * @source SEC-Z05 administrators read no documents
 */
export const STANDING_RIGHTS: readonly StandingRight[] = [
  { kind: 'outgoing-document', permission: 'outgoing-documents.register', right: 'register' },
  { kind: 'outgoing-document', permission: 'outgoing-documents.layout-check', right: 'check-layout' },
  { kind: 'outgoing-document', permission: 'audit.read', right: 'read' },
  { kind: 'incoming-document', permission: 'incoming-documents.accept', right: 'register' },
  { kind: 'incoming-document', permission: 'instructions.issue', right: 'direct' },
  { kind: 'incoming-document', permission: 'audit.read', right: 'read' },
];

/** What the holder of these permissions may do with every object of the kind in his agency; nothing when empty. */
export const standingRights = (kind: AccessKind, permissions: readonly string[]): AccessRight[] =>
  STANDING_RIGHTS.filter((standing) => standing.kind === kind && permissions.includes(standing.permission)).map(
    ({ right }) => right,
  );
