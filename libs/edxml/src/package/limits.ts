import { LIMITS } from '@qlvb/records';

/** What a package may cost its reader. Every limit is a refusal, never a cut-off value. */
export interface ReadLimits {
  /** Bytes of the whole package as received. */
  readonly packageBytes: number;
  /** Bytes of one attachment, after base64 and after its zip. */
  readonly attachmentBytes: number;
  /** Attachments that reach the sink; those beyond are told as broken. */
  readonly attachments: number;
  /** Attachments that may stand in a package or its manifest at all. */
  readonly listedAttachments: number;
  /** Unpacked to packed bytes of a zip, counted above one mebibyte. */
  readonly inflationRatio: number;
  /** Elements within each other. */
  readonly depth: number;
  readonly elements: number;
  readonly attributesPerElement: number;
  /** Declarations of namespaces in the whole package. */
  readonly namespaces: number;
  /** Characters of the name of an element or attribute, prefix included. */
  readonly nameCharacters: number;
  /** Tags, comments, processing instructions and sections of character data together. */
  readonly pieces: number;
  /** Findings of one code; further ones are counted, so that no code is lost. */
  readonly findingsPerCode: number;
  /** Characters between two pieces of markup, of one tag or one comment, attachment contents apart. */
  readonly tokenCharacters: number;
  /** Characters of all texts and attributes together, attachment contents apart. */
  readonly textCharacters: number;
}

const MIB = 1024 * 1024;

/** What this system takes of others. */
export const DEFAULT_READ_LIMITS: ReadLimits = {
  packageBytes: LIMITS.package.bytes,
  attachmentBytes: LIMITS.package.attachmentBytes,
  attachments: LIMITS.package.attachments,
  listedAttachments: 2_000,
  inflationRatio: 200,
  depth: 32,
  elements: 20_000,
  attributesPerElement: 32,
  namespaces: 1_000,
  nameCharacters: 256,
  pieces: 60_000,
  findingsPerCode: 50,
  tokenCharacters: 256 * 1024,
  textCharacters: 4 * MIB,
};
