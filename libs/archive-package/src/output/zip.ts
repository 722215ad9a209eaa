import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import type { PackagePlan } from '../plan-package.ts';
import { verifiedBytes } from './verified.ts';
import { centralHeader, dataDescriptor, endOfArchive, localHeader, storedSize } from './zip-records.ts';
import type { ZipEntry } from './zip-records.ts';

/**
 * The package as a ZIP archive in constant memory.
 *
 * Entries are stored as uncompressed DEFLATE blocks of a fixed length: their bytes then depend neither on the machine's
 * zlib nor on how the source happened to be cut into chunks, and the archive's size is known beforehand. True "stored"
 * entries would need the CRC before the data, and readers that go through the archive from the front refuse them otherwise.
 *
 * @source PKG-6
 */
export function zipPackage(plan: PackagePlan): Readable {
  return Readable.from(zipBytes(plan), { objectMode: false });
}

/** Length in bytes of the archive that `zipPackage` writes. */
export function zipSize(plan: PackagePlan): number {
  let offset = 0;
  const entries: ZipEntry[] = [];
  for (const entry of plan.entries) {
    const zip: ZipEntry = { name: `${plan.folder}/${entry.path}`, sizeBytes: entry.sizeBytes, offset, crc: 0 };
    entries.push(zip);
    offset += localHeader(zip).length + storedSize(entry.sizeBytes) + dataDescriptor(zip).length;
  }
  const central = entries.reduce((sum, entry) => sum + centralHeader(entry).length, 0);
  return offset + central + endOfArchive(entries.length, central, offset).length;
}

async function* zipBytes(plan: PackagePlan): AsyncGenerator<Buffer> {
  let offset = 0;
  const entries: ZipEntry[] = [];
  for (const entry of plan.entries) {
    const zip: ZipEntry = { name: `${plan.folder}/${entry.path}`, sizeBytes: entry.sizeBytes, offset, crc: 0 };
    const header = localHeader(zip);
    yield header;
    let crc = 0;
    for await (const block of storedBlocks(verifiedBytes(entry), entry.sizeBytes)) {
      if (block.data) crc = crc32(block.bytes, crc);
      yield block.bytes;
    }
    const complete = { ...zip, crc };
    const descriptor = dataDescriptor(complete);
    yield descriptor;
    entries.push(complete);
    offset += header.length + storedSize(entry.sizeBytes) + descriptor.length;
  }
  let central = 0;
  for (const entry of entries) {
    const header = centralHeader(entry);
    central += header.length;
    yield header;
  }
  yield endOfArchive(entries.length, central, offset);
}

const BLOCK = 65_535;

/** Cuts the data into uncompressed DEFLATE blocks (RFC 1951, 3.2.4), each led by a header of five bytes. */
async function* storedBlocks(
  source: AsyncIterable<Buffer>,
  sizeBytes: number,
): AsyncGenerator<{ bytes: Buffer; data: boolean }> {
  let left = sizeBytes;
  let room = 0;
  if (left === 0) yield { bytes: blockHeader(0, true), data: false };
  for await (const chunk of source) {
    let rest = chunk;
    while (rest.length > 0) {
      if (room === 0) {
        room = Math.min(BLOCK, left);
        left -= room;
        yield { bytes: blockHeader(room, left === 0), data: false };
      }
      const part = rest.subarray(0, room);
      room -= part.length;
      rest = rest.subarray(part.length);
      yield { bytes: part, data: true };
    }
  }
}

function blockHeader(length: number, last: boolean): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt8(last ? 1 : 0, 0);
  header.writeUInt16LE(length, 1);
  header.writeUInt16LE(length ^ 0xffff, 3);
  return header;
}
