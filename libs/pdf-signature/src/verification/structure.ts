import { Der, derOfBer, MalformedDer } from '@qlvb/x509';
import { MalformedPdf, PdfName, PdfRef, PdfString } from '@qlvb/pdf';
import type { FormField, PdfDict, PdfDocument } from '@qlvb/pdf';
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
 * @source ATT-01 missing, null, negative or huge values fail
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
    range.every((item) => typeof item === 'number' && Number.isSafeInteger(item) && item >= 0);
  if (!isRange) return { code: 'byte-range-invalid' };
  const byteRange = range as [number, number, number, number];
  const [start, first, second, rest] = byteRange;
  const end = second + rest;
  if (start !== 0 || second < first || end > document.bytes.length)
    return { code: 'byte-range-invalid', detail: byteRange.join(' ') };
  const isPlainHex = contents.bytes.length * 2 === contents.end - contents.start - 2;
  if (first !== contents.start || second !== contents.end || !isPlainHex) return { code: 'byte-range-gap' };
  const revision = revisionAt(document, end);
  if (!revision) return { code: 'not-end-of-revision' };
  const then = revision.entry(reference.number);
  if (then?.kind !== 'offset' || then.offset !== entry.offset) return { code: 'dictionary-replaced' };
  const cms = readCms(contents.bytes);
  if (!(cms instanceof Der)) return cms;
  const subFilter = dict.get('SubFilter');
  return { field, dict, subFilter: subFilter instanceof PdfName ? subFilter.value : '', byteRange, end, revision, cms };
}

/** The revision that ends at `end`; undefined when no complete revision does. Only a limit ends the whole verification. */
function revisionAt(document: PdfDocument, end: number): PdfDocument | undefined {
  try {
    const revision = document.revisionEndingAt(end);
    return revision.root && revision;
  } catch (error) {
    if (MalformedPdf.is(error)) return undefined;
    throw error;
  }
}

const SEQUENCE = 0x30;
/** What is BER perhaps, and more than this reader reads. */
const LIMITS_OF_READING: ReadonlySet<string> = new Set(['long tag', 'nested too deeply', 'too many elements']);

/**
 * One BER element; after it only the zeros of the placeholder. It lies outside the signed bytes, so that its encoding proves
 * nothing against the document: what is no CMS at all fails, what is only not understood is unknown.
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
    const isOurLimit = LIMITS_OF_READING.has(String(error.params['reason']));
    return { code: isOurLimit ? 'cms-unreadable' : 'cms-malformed', detail: error.message };
  }
}
