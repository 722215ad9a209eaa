import type { Readable } from 'node:stream';
import { inspectArchive } from './archive-inspection.ts';
import { compoundFileEntries } from './compound-file.ts';
import type { Draft } from './object-store.ts';
import { formatOf } from './formats.ts';
import type { Format } from './formats.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';
import { checkPdf } from './pdf-structure.ts';
import { FileEmpty, FileEncrypted, FileInfected, FileUnreadable, FormatMismatch } from './storage.problems.ts';
import type { VirusScanner } from './virus-scanner.ts';

export interface ReceivedFile {
  /** The sender's name of the file, in NFC. */
  readonly name: string;
  readonly declaredType: string;
  readonly content: Readable;
}

export interface AcceptedFile {
  readonly object: StoredObject;
  readonly format: Format;
  readonly virusScan: 'clean' | 'not_scanned';
}

/**
 * The one way in for files from outside, whether uploaded, imported or exchanged: name, format, inside of archives and
 * viruses are checked before the bytes become an object, so that a refused file leaves nothing.
 *
 * @throws FileEmpty, FileTooLarge, FileNameInvalid, FormatNotAllowed, FormatMismatch, FileEncrypted, FileUnreadable,
 *   PdfTooOld, PdfWithoutPage, PdfTooComplexToRead, PdfChecksBusy, ArchiveTooLarge, ArchivePathUnsafe, FileInfected, ScannerUnavailable
 * @source FMT-01
 * @source FMT-07
 */
export async function receiveFile(
  store: ObjectStore,
  scanner: Pick<VirusScanner, 'scan'>,
  { name, declaredType, content }: ReceivedFile,
  maxBytes: number,
): Promise<AcceptedFile> {
  const accepted: { format?: Format; virusScan?: 'clean' | 'not_scanned' } = {};
  const object = await store.put(content, {
    maxBytes,
    accept: async (draft) => {
      accepted.format = await checkFormat(name, declaredType, draft);
      const scan = await scanner.scan(draft.open());
      if (scan.state === 'infected') throw FileInfected({ signature: scan.signature });
      accepted.virusScan = scan.state;
    },
  });
  const { format, virusScan } = accepted;
  if (!format || !virusScan) throw new Error('the store did not show the file before it took it');
  return { object, format, virusScan };
}

/** `formatOf`, and then what only the whole file shows. @source FMT-02 */
export async function checkFormat(name: string, declaredType: string, draft: Draft): Promise<Format> {
  const { object } = draft;
  if (object.sizeBytes === 0) throw FileEmpty({ name });
  await refuseEncryptedOffice(name, draft);
  const format = await formatOf(name, declaredType, object.head);
  const isZip = format.archive === 'zip' || format.archive === 'office';
  if (!isZip && (await endsAsZip(draft))) {
    throw FormatMismatch({ name, declared: declaredType || '-', detected: `${format.mediaType} + application/zip` });
  }
  if (format.archive) await inspectArchive(name, format, draft);
  if (format.compoundStreams) await checkCompoundFile(name, format.compoundStreams, draft);
  if (format.mediaType === 'application/pdf') await checkPdf(name, draft);
  return format;
}

/** With a password, .docx, .xlsx and .pptx are compound files around an encrypted package. */
async function refuseEncryptedOffice(name: string, { object, file }: Draft): Promise<void> {
  if (!/\.(docx|xlsx|pptx)$/i.test(name) || object.head.subarray(0, 4).toString('hex') !== 'd0cf11e0') return;
  const entries = await compoundFileEntries(file).catch((error: unknown) => {
    throw FileUnreadable({ name }, { cause: error });
  });
  if (entries.has('EncryptedPackage')) throw FileEncrypted({ name });
}

async function checkCompoundFile(name: string, streams: readonly string[], { file }: Draft): Promise<void> {
  const entries = await compoundFileEntries(file).catch((error: unknown) => {
    throw FileUnreadable({ name }, { cause: error });
  });
  if (entries.has('EncryptedPackage')) throw FileEncrypted({ name });
  if (streams.some((stream) => entries.has(stream))) return;
  throw FormatMismatch({ name, declared: '-', detected: 'application/x-cfb' });
}

/** Bytes that an unpacker takes for an archive, whatever they begin with. */
async function endsAsZip(draft: Draft): Promise<boolean> {
  const tail = await lastBytes(draft, 65_535 + 22);
  for (let at = tail.lastIndexOf('PK\u0005\u0006', undefined, 'latin1'); at >= 0;) {
    if (at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) === tail.length) return true;
    at = at === 0 ? -1 : tail.lastIndexOf('PK\u0005\u0006', at - 1, 'latin1');
  }
  return false;
}

async function lastBytes({ file, object }: Draft, count: number): Promise<Buffer> {
  const length = Math.min(count, object.sizeBytes);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, object.sizeBytes - length);
  return buffer.subarray(0, bytesRead);
}
