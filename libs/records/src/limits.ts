const MIB = 1024 * 1024;

/**
 * How much a document may have: the one table that upload, draft, the writer and the reader of packages and the connectors
 * read. Every later step takes what an earlier one accepted; `limits.spec.ts` holds the rows against each other.
 */
export const LIMITS = {
  /** One file, main or attached. @source FMT-10 */
  file: { bytes: 100 * MIB, nameCharacters: 180 },
  /** The PDF that is checked, signed and sealed: its pages are read at each of these steps. */
  mainFile: { bytes: 64 * MIB, pagesChecked: 60 },
  /** All files of one document together fit one package. */
  document: { attachments: 50, bytes: 1024 * MIB, recipients: 400 },
  /** A package on the exchange. Its attachments come from systems that take larger files than this one. */
  package: { bytes: 1536 * MIB, attachments: 200, attachmentBytes: 300 * MIB, statusBytes: MIB },
  /** A dossier on its way into the archive. */
  archivePackage: { bytes: 4096 * MIB },
  /**
   * Longest texts, in characters. Where the two receiving systems that publish limits differ, the smaller counts: whoever
   * keeps to it is accepted by both.
   */
  text: {
    subject: 500,
    agencyCode: 50,
    agencyName: 200,
    address: 250,
    placeOfIssue: 50,
    codeNumber: 11,
    codeNotation: 30,
    documentCode: 100,
    documentId: 200,
    kindName: 100,
    personName: 100,
    signerName: 50,
    signerPosition: 100,
    recipientName: 150,
    /** Reasons, descriptions, appendices: whatever is written in sentences. */
    statement: 500,
    /** Reasons and comments that stay inside the agency. */
    note: 2_000,
    /** Lines that people print or list: fields of work, posts, other documents. */
    line: 200,
    /** What is searched for. */
    search: 200,
  },
} as const;
