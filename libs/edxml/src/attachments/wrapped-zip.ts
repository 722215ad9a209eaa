import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { fromFdPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import type { ReadLimits } from '../package/limits.ts';
import { BrokenContent } from './attachment.ts';
import { extensionOf, isZipBased } from './media-type.ts';

/** What a zip in the place of an attachment turned out to be. */
export type ZipContent =
  | { readonly kind: 'one-file'; readonly entryName: string; readonly bytes: AsyncIterable<Buffer> }
  /** A file of the sender that happens to be a zip; `several`: one whose name says that it should be no zip. */
  | { readonly kind: 'own' | 'several' };

const MIB = 1024 * 1024;
/** Entries that make a zip a document of its own. */
const DOCUMENT_ENTRIES = new Set(['[Content_Types].xml', 'mimetype']);

/**
 * Looks at the directory of a zip and says whether the attachment is the one file in it. The name of the entry is told and never used.
 * An attachment that is called `.zip` is what its name says and stays as it is, also with a single entry: taking the entry out would
 * leave its content under a wrong name.
 *
 * @param name of the attachment
 * @throws BrokenContent when the archive cannot be opened or must not be
 * @source R7
 * @source D9
 */
export async function inspectZip(file: FileHandle, name: string | undefined, limits: ReadLimits): Promise<ZipContent> {
  if (extensionOf(name) === 'zip') return { kind: 'own' };
  const otherwise = isZipBased(name) ? 'own' : 'several';
  const archive = await openArchive(file.fd);
  if (archive === undefined) {
    if (otherwise === 'own') return { kind: 'own' };
    throw new BrokenContent('attachment-zip-broken');
  }
  const [entry, second] = archive.entries;
  if (!entry) throw new BrokenContent('attachment-zip-broken');
  const entryName = entry.fileNameRaw.toString('utf8');
  if (second || entryName.endsWith('/')) return { kind: otherwise };
  if (otherwise === 'own' && DOCUMENT_ENTRIES.has(entryName)) return { kind: 'own' };
  checkCost(entry, limits);
  return { kind: 'one-file', entryName, bytes: verified(archive.zip, entry) };
}

/** The archive with its first two entries; undefined when it cannot be opened, whatever the fault. */
async function openArchive(fd: number): Promise<{ zip: ZipFile; entries: readonly Entry[] } | undefined> {
  try {
    const zip = await fromFdPromise(fd, { lazyEntries: true, autoClose: false, decodeStrings: false });
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) {
      entries.push(entry);
      if (entries.length === 2) break;
    }
    return { zip, entries };
  } catch {
    return undefined;
  }
}

function checkCost(entry: Entry, limits: ReadLimits): void {
  const { uncompressedSize: unpacked, compressedSize: packed } = entry;
  if (entry.isEncrypted()) throw new BrokenContent('attachment-zip-encrypted');
  if (!entry.canDecodeFileData()) throw new BrokenContent('attachment-zip-broken');
  const isBomb = unpacked > MIB && unpacked > packed * limits.inflationRatio;
  if (isBomb || unpacked > limits.attachmentBytes) throw new BrokenContent('attachment-zip-bomb');
}

/** The bytes of an entry. yauzl ends with a fault when their number is not the declared one; the checksum is compared here. */
async function* verified(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let sum = 0;
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      sum = crc32(chunk as Buffer, sum);
      yield chunk as Buffer;
    }
  } catch (cause) {
    throw new BrokenContent('attachment-zip-broken', { cause });
  }
  if (sum !== entry.crc32) throw new BrokenContent('attachment-zip-broken');
}
