import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DomainError } from '@qlvb/shared-domain';
import { fromFdPromise, getFileNameLowLevel, validateFileName } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { HEAD_BYTES, namelessFile, writeDraft } from './draft.ts';
import type { Draft } from './object-store.ts';
import { formatOf } from './formats.ts';
import type { Format } from './formats.ts';
import { ArchivePathUnsafe, ArchiveTooLarge, FileEncrypted, FileTooLarge, FileUnreadable } from './storage.problems.ts';

/** @source FMT-08 */
export const ARCHIVE_LIMITS = { depth: 2, entries: 500, unpackedMib: 500, ratio: 100 } as const;

/** What all levels of one upload may still cost together. */
class Budget {
  readonly #name: string;
  #entries: number = ARCHIVE_LIMITS.entries;
  #bytes: number;

  constructor(name: string, sizeBytes: number) {
    this.#name = name;
    this.#bytes = Math.min(ARCHIVE_LIMITS.unpackedMib * 1024 * 1024, sizeBytes * ARCHIVE_LIMITS.ratio);
  }

  get bytes(): number {
    return this.#bytes;
  }

  entry(): void {
    this.#entries -= 1;
    if (this.#entries < 0) this.exceeded();
  }

  take(bytes: number): void {
    this.#bytes -= bytes;
    if (this.#bytes < 0) this.exceeded();
  }

  exceeded(): never {
    throw ArchiveTooLarge({ name: this.#name, ...ARCHIVE_LIMITS });
  }
}

/**
 * Unpacks a compressed file to nowhere, to see what it would cost and what it holds. The sizes it declares are not
 * believed. Of office documents, which are archives too, only the limits matter; of others every file must itself have
 * an allowed format.
 *
 * @throws ArchiveTooLarge, ArchivePathUnsafe, FileEncrypted, FileUnreadable; for what is inside also those of `formatOf`
 * @source FMT-08
 */
export async function inspectArchive(name: string, format: Format, draft: Draft): Promise<void> {
  await inspect({ name, format, draft, depth: 1, budget: new Budget(name, draft.object.sizeBytes) });
}

interface Level {
  readonly name: string;
  readonly format: Format;
  readonly draft: Draft;
  readonly depth: number;
  readonly budget: Budget;
}

async function inspect(level: Level): Promise<void> {
  if (level.depth > ARCHIVE_LIMITS.depth) level.budget.exceeded();
  try {
    await (level.format.archive === 'gzip' ? inspectGzip(level) : inspectZip(level));
  } catch (error) {
    // What zlib and yauzl say of a damaged file is for the log.
    throw error instanceof DomainError ? error : FileUnreadable({ name: level.name }, { cause: error });
  }
}

async function inspectGzip(level: Level): Promise<void> {
  level.budget.entry();
  const source = level.draft.open();
  const unpacked = source.pipe(createGunzip());
  source.once('error', (error) => unpacked.destroy(error));
  await inspectFile(level, level.name.replace(/\.gz$/i, ''), unpacked);
}

async function inspectZip(level: Level): Promise<void> {
  const zip = await fromFdPromise(level.draft.file.fd, { autoClose: false, decodeStrings: false });
  for await (const entry of zip.eachEntry()) {
    level.budget.entry();
    await inspectEntry(level, zip, entry);
  }
}

async function inspectEntry(level: Level, zip: ZipFile, entry: Entry): Promise<void> {
  const path = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  if (validateFileName(path) !== null || isLink(entry)) throw ArchivePathUnsafe({ name: level.name, entry: path });
  if (entry.generalPurposeBitFlag & 1) throw FileEncrypted({ name: level.name });
  if (path.endsWith('/')) return;
  const content = await zip.openReadStreamPromise(entry);
  if (level.format.archive !== 'office') {
    await inspectFile(level, path.slice(path.lastIndexOf('/') + 1), content);
    return;
  }
  const head = await skim(content, level.budget);
  // OpenDocument encrypts its parts, not the archive's entries, and says so in its manifest.
  const encrypted = path === 'META-INF/manifest.xml' && head.includes(':encryption-data');
  if (encrypted) throw FileEncrypted({ name: level.name });
}

/** A symbolic link, as archivers on Unix mark one. */
const isLink = (entry: Entry): boolean =>
  entry.versionMadeBy >>> 8 === 3 && ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;

/** A file inside an archive: its format must be allowed as well, and an archive inside is opened in turn. */
async function inspectFile({ depth, budget }: Level, packedName: string, content: Readable): Promise<void> {
  const name = packedName.normalize('NFC');
  if (!/\.(zip|gz|docx|xlsx|pptx|odt|ods|odp)$/i.test(name)) {
    await formatOf(name, '', await skim(content, budget));
    return;
  }
  const file = await namelessFile();
  try {
    const draft = await writeDraft(content, file, { maxBytes: budget.bytes }).catch((error: unknown) => {
      if (FileTooLarge.is(error)) budget.exceeded();
      throw error;
    });
    budget.take(draft.object.sizeBytes);
    const format = await formatOf(name, '', draft.object.head);
    await inspect({ name, format, draft, depth: depth + 1, budget });
  } finally {
    await file.close();
  }
}

/** Reads a stream to its end against the budget; its first bytes. */
async function skim(content: Readable, budget: Budget): Promise<Buffer> {
  const head: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    budget.take(chunk.length);
    if (sizeBytes < HEAD_BYTES) head.push(chunk.subarray(0, HEAD_BYTES - sizeBytes));
    sizeBytes += chunk.length;
  }
  return Buffer.concat(head);
}
