import type { FileHandle } from 'node:fs/promises';

const SIGNATURE = 'd0cf11e0a1b11ae1';
const ENTRY_BYTES = 128;
/** Far above any office document; stops chains that never end. */
const MAX_CHAIN = 1_000;
/** From here on a number is a mark, not a sector. */
const NO_SECTOR = 0xfffffffa;

/**
 * Names of the streams and storages of an OLE compound file ([MS-CFB] 2.2 header, 2.3 FAT, 2.6 directory): they tell a
 * Word document from a workbook, an installer or an encrypted package.
 *
 * @throws RangeError when its structure is damaged
 */
export async function compoundFileEntries(file: FileHandle): Promise<ReadonlySet<string>> {
  const header = await read(file, 0, 512);
  if (header.subarray(0, 8).toString('hex') !== SIGNATURE) throw new RangeError('not a compound file');
  const shift = header.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) throw new RangeError('unknown sector size');
  const sectorBytes = 1 << shift;
  const fat = await fatSectors(file, header, sectorBytes);
  const next = async (sector: number): Promise<number> => {
    const perSector = sectorBytes / 4;
    const fatSector = fat[Math.floor(sector / perSector)];
    if (fatSector === undefined) throw new RangeError('a sector lies outside the file');
    return (await read(file, (fatSector + 1) * sectorBytes + (sector % perSector) * 4, 4)).readUInt32LE(0);
  };
  const names = new Set<string>();
  let sector = header.readUInt32LE(48);
  for (let count = 0; sector < NO_SECTOR; count += 1) {
    if (count === MAX_CHAIN) throw new RangeError('the directory does not end');
    const entries = await read(file, (sector + 1) * sectorBytes, sectorBytes);
    for (let at = 0; at < sectorBytes; at += ENTRY_BYTES) {
      const nameBytes = entries.readUInt16LE(at + 64);
      if (nameBytes >= 2 && nameBytes <= 64) names.add(entries.toString('utf16le', at, at + nameBytes - 2));
    }
    sector = await next(sector);
  }
  return names;
}

/** Where the allocation table lies: 109 sectors named in the header, the rest in a chain of sectors (2.5 DIFAT). */
async function fatSectors(file: FileHandle, header: Buffer, sectorBytes: number): Promise<number[]> {
  const found = words(header.subarray(76));
  let sector = header.readUInt32LE(68);
  for (let count = 0; sector < NO_SECTOR; count += 1) {
    if (count === MAX_CHAIN) throw new RangeError('the allocation table does not end');
    const more = words(await read(file, (sector + 1) * sectorBytes, sectorBytes));
    sector = more.pop() ?? NO_SECTOR;
    found.push(...more);
  }
  return found;
}

const words = (bytes: Buffer): number[] =>
  Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readUInt32LE(index * 4));

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new RangeError('the file ends too early');
  return buffer;
}
