import type { Certificate } from '@qlvb/x509';

/** What can be wrong with a signature, by code. */
export const FINDINGS = [
  'not-well-formed',
  'doctype',
  'processing-instruction',
  'cdata',
  'too-deep',
  'too-large',
  'signature-missing',
  'signature-repeated',
  'signature-misplaced',
  'structure',
  'algorithm',
  'transform',
  'reference',
  'id-repeated',
  'certificate',
  'weak-key',
  'signed-properties',
  'digest-or-value',
] as const;
export type Finding = (typeof FINDINGS)[number];

export interface XmlSignatureReport {
  /** Nothing signed was changed since the holder of `certificate`'s key signed. Says nothing about who that is. */
  readonly intact: boolean;
  readonly findings: readonly Finding[];
  /** The canonical text that was digested, the only one to be read as signed; absent unless intact (@source XML-04). */
  readonly signedXml?: string;
  /** To be validated by its path before anybody is believed to have signed. */
  readonly certificate?: Certificate;
  readonly chain?: readonly Certificate[];
  /** As the signer claims. */
  readonly signingTime?: Date;
}
