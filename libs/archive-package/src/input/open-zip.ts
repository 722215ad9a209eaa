import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { fromRandomAccessReaderPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { PackageProblem } from '../problem.ts';
import type { PackageProblemCode } from '../problem.ts';
import { SourceReader } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { CONTENTS_LIMITS } from './contents.ts';
import type { ContentsLimits, PackageContents } from './contents.ts';
import { DistinctPaths, assertSafePath, singleRoot } from './path-rules.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Opens a package in a ZIP archive. The whole directory is judged before one byte is unpacked; what two unpackers could
 * understand differently is refused.
 *
 * @throws PackageProblem with the code of what is wrong
 * @source SUB-11
 */
export async function openZip(source: ByteSource, limits: ContentsLimits = CONTENTS_LIMITS): Promise<PackageContents> {
  const zip = await openDirectory(source);
  try {
    if (zip.entryCount > limits.maxFiles) throw refuse('archive-package.bomb', `${zip.entryCount} entries`);
    const entries = await readEntries(zip, limits);
    assertNoOverlap([...entries.values()]);
    assertRatio([...entries.values()], limits);
    const root = singleRoot([...entries.keys()]);
    const byPath = new Map([...entries].map(([path, entry]) => [path.slice(root.length + 1), entry]));
    return {
      folder: root,
      files: new Map([...byPath].map(([path, entry]) => [path, entry.uncompressedSize] as const).sort(byName)),
      open: (path) => openEntry(zip, byPath.get(path), path),
      close: async () => {
        zip.close();
        await source.close?.();
      },
    };
  } catch (error) {
    zip.close();
    await source.close?.();
    throw error;
  }
}

const byName = (a: readonly [string, number], b: readonly [string, number]): number => (a[0] < b[0] ? -1 : 1);

const refuse = (code: PackageProblemCode, detail: string, path?: string, cause?: unknown): PackageProblem =>
  new PackageProblem(code, detail, { ...(path === undefined ? {} : { path }), cause });

async function openDirectory(source: ByteSource): Promise<ZipFile> {
  try {
    return await fromRandomAccessReaderPromise(new SourceReader(source), source.sizeBytes, {
      autoClose: false,
      lazyEntries: true,
      decodeStrings: false,
    });
  } catch (cause) {
    await source.close?.();
    throw refuse('archive-package.unreadable-archive', 'not a readable ZIP archive', undefined, cause);
  }
}

async function readEntries(zip: ZipFile, limits: ContentsLimits): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  const distinct = new DistinctPaths();
  const iterator = zip.eachEntry();
  for (;;) {
    const next = await iterator.next().catch((cause: unknown) => {
      throw refuse('archive-package.unreadable-archive', 'the ZIP directory is broken', undefined, cause);
    });
    if (next.done) return entries;
    const entry: Entry = next.value;
    const name = entryName(entry);
    const isFolder = name.endsWith('/');
    assertSafePath(isFolder ? name.slice(0, -1) : name, limits);
    assertPlain(entry, name);
    if (isFolder && entry.uncompressedSize > 0) {
      throw refuse('archive-package.inconsistent-archive', 'a folder has contents', name);
    }
    if (!isFolder) {
      distinct.add(name);
      entries.set(name, entry);
    }
  }
}

function entryName(entry: Entry): string {
  // decodeStrings is off, so that yauzl hands over the raw bytes.
  const raw = entry.fileNameRaw;
  let name: string;
  try {
    name = UTF8.decode(raw);
  } catch (cause) {
    throw refuse('archive-package.unsafe-path', 'a name is not UTF-8', raw.toString('latin1'), cause);
  }
  const unicodePath = entry.extraFields.find((field) => field.id === 0x7075);
  if (unicodePath && !unicodePath.data.subarray(5).equals(raw)) {
    throw refuse('archive-package.inconsistent-archive', 'an entry has two names', name);
  }
  return name;
}

function assertPlain(entry: Entry, name: string): void {
  if ((entry.generalPurposeBitFlag & 0x2041) !== 0) {
    throw refuse('archive-package.encrypted', 'an entry is encrypted', name);
  }
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    throw refuse('archive-package.unsupported-archive', `compression method ${entry.compressionMethod}`, name);
  }
  if (entry.versionMadeBy >>> 8 === 3) {
    const type = (entry.externalFileAttributes >>> 16) & 0o170000;
    if (type !== 0 && type !== 0o100000 && type !== 0o040000) {
      throw refuse('archive-package.link', 'an entry is a link or a device', name);
    }
  }
}

/** Entries that share bytes are how a small archive unpacks to an endless one. */
function assertNoOverlap(entries: readonly Entry[]): void {
  let end = 0;
  for (const entry of [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    const start = entry.relativeOffsetOfLocalHeader;
    if (start < end) throw refuse('archive-package.overlap', 'entries overlap', entry.fileNameRaw.toString());
    end = start + 30 + entry.fileNameRaw.length + entry.compressedSize;
  }
}

function assertRatio(entries: readonly Entry[], limits: ContentsLimits): void {
  let packed = 0;
  let unpacked = 0;
  for (const entry of entries) {
    const { compressedSize, uncompressedSize } = entry;
    packed += compressedSize;
    unpacked += uncompressedSize;
    if (uncompressedSize > 1024 ** 2 && uncompressedSize > compressedSize * limits.maxRatio) {
      throw refuse('archive-package.bomb', 'an entry unpacks to far more than it is', entry.fileNameRaw.toString());
    }
  }
  if (unpacked > limits.maxBytes || (unpacked > 1024 ** 2 && unpacked > packed * limits.maxRatio)) {
    throw refuse('archive-package.bomb', `the archive unpacks to ${unpacked} bytes`);
  }
}

async function openEntry(zip: ZipFile, entry: Entry | undefined, path: string): Promise<Readable> {
  if (!entry) throw refuse('archive-package.missing-file', 'no such file', path);
  const header = await zip.readLocalFileHeaderPromise(entry).catch((cause: unknown) => {
    throw refuse('archive-package.unreadable-archive', 'an entry cannot be found', path, cause);
  });
  if (!header.fileName.equals(entry.fileNameRaw) || header.compressionMethod !== entry.compressionMethod) {
    throw refuse('archive-package.inconsistent-archive', 'directory and entry differ', path);
  }
  const stream = await zip.openReadStreamPromise(entry);
  return Readable.from(checkedBytes(stream, entry, path), { objectMode: false });
}

async function* checkedBytes(stream: Readable, entry: Entry, path: string): AsyncGenerator<Buffer> {
  let crc = 0;
  try {
    for await (const chunk of stream) {
      crc = crc32(chunk, crc);
      yield chunk;
    }
  } catch (cause) {
    throw refuse(
      'archive-package.inconsistent-archive',
      'an entry does not unpack to its announced length',
      path,
      cause,
    );
  }
  if (crc !== entry.crc32) throw refuse('archive-package.inconsistent-archive', 'an entry fails its CRC', path);
}
