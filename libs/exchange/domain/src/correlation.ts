/** How a status names the document it speaks of: always by its issuer's identifiers. */
export interface DocumentNamed {
  readonly documentId?: string | undefined;
  readonly documentCode?: string | undefined;
  /** `yyyy-MM-dd`. */
  readonly issuedOn?: string | undefined;
}

/** A package that went out from here. */
export interface SentPackage {
  readonly packageId: string;
  /** The issuer's identifier of the document. */
  readonly senderDocumentId: string;
  readonly documentCode: string;
  readonly issuedOn: string | null;
  /** Whether the agency that reports is the one it was sent to. */
  readonly isToReporter: boolean;
}

export type Correlation<P extends SentPackage> =
  | { readonly found: P; readonly by: 'document-id' | 'code' | 'reply' }
  /** `not-recipient`: the document went to others; `ambiguous`: the reporter got several that fit. */
  | { readonly found: undefined; readonly fault: 'nothing-sent' | 'not-recipient' | 'ambiguous' };

/**
 * Which package a status speaks of. What the status itself says decides: the document's identifier, else code and date; the
 * axis' own note of the package that is answered only chooses among those that fit, or counts alone where the status names
 * nothing. Only who got a package says what became of it.
 *
 * @param named `ResponseFor` of the status
 * @param inReplyTo the package that the axis says is answered
 * @param sent packages of ours that may be meant
 * @source EX-ST-3
 */
export function correlate<P extends SentPackage>(
  named: DocumentNamed,
  inReplyTo: string | undefined,
  sent: readonly P[],
): Correlation<P> {
  const { documentId, documentCode, issuedOn } = named;
  // A package that could not be read is answered by its own id.
  const byId = documentId
    ? sent.filter((one) => one.senderDocumentId === documentId || one.packageId === documentId)
    : [];
  if (byId.length > 0) return chosen(byId, inReplyTo, 'document-id');
  // Without an identifier that is ours, code and date must both be right: every agency has a number 12 of its own each year.
  const byCode = documentCode
    ? sent.filter(
        (one) =>
          one.documentCode === documentCode && (issuedOn === undefined ? !documentId : one.issuedOn === issuedOn),
      )
    : [];
  if (byCode.length > 0) return chosen(byCode, inReplyTo, 'code');
  if (documentId || documentCode) return { found: undefined, fault: 'nothing-sent' };
  return chosen(
    sent.filter(({ packageId }) => packageId === inReplyTo),
    inReplyTo,
    'reply',
  );
}

function chosen<P extends SentPackage>(
  fitting: readonly P[],
  inReplyTo: string | undefined,
  by: 'document-id' | 'code' | 'reply',
): Correlation<P> {
  const ours = fitting.filter(({ isToReporter }) => isToReporter);
  const answered = ours.find(({ packageId }) => packageId === inReplyTo);
  const [only] = answered ? [answered] : ours;
  if (!only) return { found: undefined, fault: fitting.length > 0 ? 'not-recipient' : 'nothing-sent' };
  if (!answered && ours.length > 1) return { found: undefined, fault: 'ambiguous' };
  return { found: only, by };
}
