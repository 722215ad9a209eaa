/** Event types of the Library of Congress vocabulary that an archive of official documents needs. */
export type PreservationEventType =
  | 'transfer'
  | 'virus check'
  | 'unpacking'
  | 'message digest calculation'
  | 'fixity check'
  | 'format identification'
  | 'validation'
  | 'digital signature validation'
  | 'policy assignment'
  | 'information package creation'
  | 'accession'
  | 'migration'
  | 'normalization'
  | 'replication'
  | 'recovery'
  | 'dissemination'
  | 'metadata modification'
  | 'deletion'
  | 'destruction';

export interface PreservationAgent {
  readonly id: string;
  readonly name: string;
  readonly type: 'software' | 'person' | 'organization';
  readonly version?: string;
  readonly note?: string;
}

export interface PreservationEvent {
  /** Id of the event that caused it, so that a replay makes no second one (PKG-15). */
  readonly id: string;
  readonly type: PreservationEventType;
  readonly at: Date;
  readonly detail?: string;
  readonly outcome: 'success' | 'warning' | 'fail';
  readonly outcomeNote?: string;
  readonly agents: readonly {
    readonly id: string;
    readonly role: 'authorizer' | 'implementer' | 'validator' | 'executing program';
  }[];
  /** Objects other than the dossier itself: `docCode` or path of a file in the package. */
  readonly objects?: readonly { readonly id: string; readonly role: 'source' | 'outcome' }[];
}

export interface PreservationRecord {
  readonly agents: readonly PreservationAgent[];
  readonly events: readonly PreservationEvent[];
}

/** One signature of a file as it was found at receipt. */
export interface SignatureEvidence {
  readonly signer: string;
  /** For instance `RSASSA-PSS with SHA-256`. */
  readonly method: string;
  readonly valueBase64: string;
  /** Rules by which it was judged, for instance `ETSI EN 319 102-1`. */
  readonly validationRules: string;
  /** Signing time and its kind, coverage, result. */
  readonly properties?: string;
}
