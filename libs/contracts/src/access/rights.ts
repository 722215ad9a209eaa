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
export const DOSSIER_RIGHTS = ['archive', 'keep', 'read', 'reopen'] as const;
export type DossierRight = (typeof DOSSIER_RIGHTS)[number];

export type ObjectRight = AccessRight | DossierRight;
export type RightTo<Kind extends AccessSubject> = Kind extends 'dossier' | 'dossier-register'
  ? DossierRight
  : AccessRight;

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
  'checks-layout',
  'drafts',
  'handles',
  'heads-unit',
  'keeps',
  'registers',
  'signs',
  'standing',
  'told',
  'took-part',
] as const;
export type AccessGround = (typeof ACCESS_GROUNDS)[number];

/** The agency's registers; a right to a register is one to everything that is registered in it. */
export const REGISTER_KINDS = ['incoming-register', 'outgoing-register', 'dossier-register'] as const;
export type RegisterKind = (typeof REGISTER_KINDS)[number];

/** The register in which objects of a kind are entered. */
export const REGISTER_OF = {
  'incoming-document': 'incoming-register',
  'outgoing-document': 'outgoing-register',
  dossier: 'dossier-register',
} as const satisfies Readonly<Record<ObjectKind, RegisterKind>>;

/** Everything whose access is kept in rows. */
export type AccessSubject = ObjectKind | RegisterKind;

/**
 * Roles of an agency, by the permission that makes each, to which one of its registers can be opened. Whether it is open to them
 * say the rows; administrators stand nowhere.
 *
 * @source SEC-Z05
 */
export const REGISTER_AUDIENCES = {
  'incoming-register': ['incoming-documents.accept', 'instructions.issue', 'audit.read'],
  'outgoing-register': ['outgoing-documents.register', 'audit.read'],
  'dossier-register': ['submissions.decide', 'audit.read'],
} as const satisfies Readonly<Record<RegisterKind, readonly Permission[]>>;

/** Roles to which a row may speak; a row for any other would be asked for by nobody. */
export const ACCESS_AUDIENCES = [
  ...REGISTER_AUDIENCES['incoming-register'],
  'outgoing-documents.content-check',
  'outgoing-documents.layout-check',
  'outgoing-documents.register',
  'submissions.decide',
] as const satisfies readonly Permission[];
export type AccessAudience = (typeof ACCESS_AUDIENCES)[number];
