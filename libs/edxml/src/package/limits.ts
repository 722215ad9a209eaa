/** What a package may cost its reader. Every limit is a refusal, never a cut-off value. */
export interface ReadLimits {
  /** Bytes of the whole package as received. */
  readonly packageBytes: number;
  /** Bytes of one attachment, after base64 and after its zip. */
  readonly attachmentBytes: number;
  readonly attachments: number;
  /** Unpacked to packed bytes of a zip, counted above one mebibyte. */
  readonly inflationRatio: number;
  /** Elements within each other. */
  readonly depth: number;
  readonly elements: number;
  readonly attributesPerElement: number;
  /** Characters between two pieces of markup, of one tag or one comment, attachment contents apart. */
  readonly tokenCharacters: number;
  /** Characters of all texts and attributes together, attachment contents apart. */
  readonly textCharacters: number;
}

const MIB = 1024 * 1024;

/** Room for one attachment of 1 GiB. Services narrow this down to what they promise. */
export const DEFAULT_READ_LIMITS: ReadLimits = {
  packageBytes: 1536 * MIB,
  attachmentBytes: 1024 * MIB,
  attachments: 200,
  inflationRatio: 200,
  depth: 32,
  elements: 20_000,
  attributesPerElement: 32,
  tokenCharacters: 256 * 1024,
  textCharacters: 4 * MIB,
};
