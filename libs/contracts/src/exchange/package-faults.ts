/** Grounds on which a document is turned away, as its sender is told. */
export const REFUSAL_GROUNDS = [
  'WRONG_RECIPIENT',
  'NOT_AUTHENTIC',
  'NOT_INTACT',
  'INCOMPLETE',
  'BAD_FORMAT',
  'DUPLICATE',
  'STATE_SECRET',
  'MALWARE',
  'OTHER',
] as const;
export type RefusalGround = (typeof REFUSAL_GROUNDS)[number];

/** Everything that makes a package, or a part of it, unusable, and the ground that it is for turning the document away. */
export const PACKAGE_FAULTS = {
  'package-unreadable': 'BAD_FORMAT',
  'package-too-costly': 'BAD_FORMAT',
  ambiguous: 'BAD_FORMAT',
  'digest-differs': 'NOT_INTACT',
  'size-differs': 'NOT_INTACT',
  'credentials-differ': 'NOT_AUTHENTIC',
  'sender-not-on-axis': 'NOT_AUTHENTIC',
  'not-addressed-to-recipient': 'WRONG_RECIPIENT',
  'secrecy-mark': 'STATE_SECRET',
  'attachment-missing': 'INCOMPLETE',
  'attachment-empty': 'NOT_INTACT',
  'attachment-not-base64': 'NOT_INTACT',
  'attachment-too-large': 'NOT_INTACT',
  'attachment-too-many': 'NOT_INTACT',
  'attachment-zip-broken': 'NOT_INTACT',
  'attachment-zip-bomb': 'MALWARE',
  'attachment-zip-encrypted': 'NOT_INTACT',
} as const satisfies Record<string, RefusalGround>;
export type PackageFault = keyof typeof PACKAGE_FAULTS;

export const isPackageFault = (code: string): code is PackageFault => Object.hasOwn(PACKAGE_FAULTS, code);

/** The ground of a fault; one that a newer service tells and this one does not know damages what it is told of. */
export const groundOf = (fault: string): RefusalGround =>
  isPackageFault(fault) ? PACKAGE_FAULTS[fault] : 'NOT_INTACT';
