import type { Permission } from '../permissions.ts';

/** Kinds of documents; who may see one is told to other services. */
export const ACCESS_KINDS = ['incoming-document', 'outgoing-document'] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

/** Kinds of objects whose access is kept in rows. */
export type ObjectKind = AccessKind | 'dossier';

/** To whom a row speaks: with a permission beside it, only to those of the unit or agency who hold that. */
export const PRINCIPAL_KINDS = ['agency', 'unit', 'post', 'person'] as const;
export type PrincipalKind = (typeof PRINCIPAL_KINDS)[number];

/** What a row of a document allows; each of them includes reading. */
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

/** What a row of a dossier allows; each of them includes reading. */
const DOSSIER_RIGHTS = ['archive', 'keep', 'read', 'reopen'] as const;
export type DossierRight = (typeof DOSSIER_RIGHTS)[number];

export type ObjectRight = AccessRight | DossierRight;
export type RightTo<Kind extends ObjectKind> = Kind extends 'dossier' ? DossierRight : AccessRight;

const RIGHTS: { readonly [Kind in ObjectKind]: readonly RightTo<Kind>[] } = {
  'incoming-document': ACCESS_RIGHTS,
  'outgoing-document': ACCESS_RIGHTS,
  dossier: DOSSIER_RIGHTS,
};
export const rightsTo = <Kind extends ObjectKind>(kind: Kind): readonly RightTo<Kind>[] =>
  RIGHTS[kind] as readonly RightTo<Kind>[];

/** Why a row is there; `told` in the copy that another service keeps. */
export const ACCESS_GROUNDS = [
  'approved-list',
  'by-hand',
  'drafts',
  'handles',
  'heads-unit',
  'keeps',
  'signs',
  'told',
  'took-part',
] as const;
export type AccessGround = (typeof ACCESS_GROUNDS)[number];

/** What holders of a permission may do with every object of a kind in their agency. */
export interface StandingRight {
  readonly kind: ObjectKind;
  readonly permission: Permission;
  readonly right: ObjectRight;
}

/**
 * Standing rights: the only list. A role has what its permissions have; administrators have none of them.
 *
 * @source NĐ30-A4-1 clerks register everything
 * @source NĐ30-A12-2 the layout is checked of every draft
 * @source NĐ30-A23-3 leaders direct every incoming document
 * @source NĐ30-A30-2 the archive checks and takes over every dossier
 * @source SEC-Z05 administrators read no documents
 */
export const STANDING_RIGHTS: readonly StandingRight[] = [
  { kind: 'outgoing-document', permission: 'outgoing-documents.register', right: 'register' },
  { kind: 'outgoing-document', permission: 'outgoing-documents.layout-check', right: 'check-layout' },
  { kind: 'outgoing-document', permission: 'audit.read', right: 'read' },
  { kind: 'incoming-document', permission: 'incoming-documents.accept', right: 'register' },
  { kind: 'incoming-document', permission: 'instructions.issue', right: 'direct' },
  { kind: 'incoming-document', permission: 'audit.read', right: 'read' },
  { kind: 'dossier', permission: 'submissions.decide', right: 'archive' },
  { kind: 'dossier', permission: 'audit.read', right: 'read' },
];

/** What the holder of these permissions may do with every object of the kind in his agency; nothing when empty. */
export const standingRights = <Kind extends ObjectKind>(
  kind: Kind,
  permissions: readonly string[],
): RightTo<Kind>[] => {
  const held = STANDING_RIGHTS.filter((one) => one.kind === kind && permissions.includes(one.permission));
  return rightsTo(kind).filter((right) => held.some((one) => one.right === right));
};
