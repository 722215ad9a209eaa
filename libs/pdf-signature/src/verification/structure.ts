import { Der, derOfBer, MalformedDer } from '@qlvb/x509';
import { MalformedPdf, PdfDocument, PdfName, PdfRef, PdfString } from '@qlvb/pdf';
import type { FormField, PdfDict } from '@qlvb/pdf';
import type { Finding } from './report.ts';

/** A signature whose place in the file is sound: what it covers is certain, whatever its value is worth. */
export interface LocatedSignature {
  readonly field: FormField;
  readonly dict: PdfDict;
  readonly subFilter: string;
  readonly byteRange: readonly [number, number, number, number];
  /** End of the bytes it covers, which is the end of a revision. */
  readonly end: number;
  /** The document as it was when this signature was made. */
  readonly revision: PdfDocument;
  readonly cms: Der;
}

/**
 * Checks everything about a signature's place: the dictionary, the four numbers, the gap, the end of the revision.
 * Any oddity is a finding; nothing is guessed.
 *
 * @source PAD-02, PAD-03
 * @source ATT-01 missing or null values leave open what was signed, negative or huge ones fail; neither passes
 * @source ATT-02 the gap is the /Contents token byte for byte
 * @source ATT-08 the dictionary is the one of the signed revision
 */
export function locateSignature(document: PdfDocument, field: FormField): LocatedSignature | Finding {
  const reference = field.dict.get('V');
  const dict = field.value;
  if (!(dict instanceof Map) || !(reference instanceof PdfRef)) return { code: 'dictionary-incomplete', detail: '/V' };
  const entry = document.entry(reference.number);
  const contents = dict.get('Contents');
  if (!(contents instanceof PdfString) || !contents.isHex || contents.start < 0 || entry?.kind !== 'offset') {
    return { code: 'dictionary-incomplete', detail: '/Contents' };
  }
  const range = dict.get('ByteRange');
  const isRange =
    Array.isArray(range) &&
    range.length === 4 &&
    range.every((item) => typeof item === 'number' && Number.isSafeInteger(item));
  if (!isRange) return { code: 'byte-range-unreadable' };
  const byteRange = range as [number, number, number, number];
  const [start, first, second, rest] = byteRange;
  const end = second + rest;
  if (start !== 0 || first < 0 || second < first || rest < 0 || end > document.bytes.length)
    return { code: 'byte-range-invalid', detail: byteRange.join(' ') };
  if (first !== contents.start || second !== contents.end) return { code: 'byte-range-gap' };
  const isPlainHex = contents.bytes.length * 2 === contents.end - contents.start - 2;
  if (!isPlainHex) return { code: 'dictionary-incomplete', detail: '/Contents' };
  if (!document.hasRevisionEndingAt(end)) return { code: 'not-end-of-revision' };
  const revision = revisionAt(document, end);
  if (!(revision instanceof PdfDocument)) return revision;
  const then = revision.entry(reference.number);
  if (then?.kind !== 'offset' || then.offset !== entry.offset) return { code: 'dictionary-replaced' };
  const cms = readCms(contents.bytes);
  if (!(cms instanceof Der)) return cms;
  const subFilter = dict.get('SubFilter');
  return { field, dict, subFilter: subFilter instanceof PdfName ? subFilter.value : '', byteRange, end, revision, cms };
}

/** Only a limit ends the whole verification. */
function revisionAt(document: PdfDocument, end: number): PdfDocument | Finding {
  try {
    const revision = document.revisionEndingAt(end);
    return revision.root && revision;
  } catch (error) {
    if (MalformedPdf.is(error)) return { code: 'revision-unreadable', detail: error.message };
    throw error;
  }
}

const SEQUENCE = 0x30;
/**
 * One BER element; after it only the zeros of the placeholder. It lies outside the signed bytes, so that its encoding proves
 * nothing for or against the document: what is not read is unknown.
 *
 * @source PAD-03
 */
function readCms(contents: Uint8Array): Der | Finding {
  if (contents[0] !== SEQUENCE) return { code: 'cms-malformed', detail: 'no SEQUENCE' };
  try {
    const { der, end } = derOfBer(contents);
    const isAlone = contents.subarray(end).every((byte) => byte === 0);
    return isAlone ? Der.parse(der) : { code: 'cms-malformed', detail: 'bytes after the CMS' };
  } catch (error) {
    if (!MalformedDer.is(error)) throw error;
    return { code: 'cms-malformed', detail: error.message };
  }
}
