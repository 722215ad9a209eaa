import { handMadePdf, ONE_PAGE } from '@qlvb/pdf-testing';
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content?: Buffer | string;
  readonly stored?: boolean;
  /** Bit 0 of the flags: encrypted. */
  readonly flags?: number;
  /** Unix mode in the external attributes, as for a symbolic link. */
  readonly mode?: number;
  /** The size it claims to have unpacked. */
  readonly claimedBytes?: number;
}

/** A ZIP archive (APPNOTE 4.3) with whatever faults the entries ask for. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content = '', stored = false, flags = 0, mode = 0o100644, claimedBytes } of entries) {
    const bytes = Buffer.from(content);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const path = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags | 0x800, 2);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimedBytes ?? bytes.length, 18);
    common.writeUInt16LE(path.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, path, packed]);
    // Made by Unix (3), so that the mode counts.
    central.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 3]), common, tail, path]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\u0005\u0006'), end]);
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** A package of Office Open XML: its content types name the main part. */
export const officePackage = (mainType: string, ...more: ZipEntry[]): Buffer =>
  zip([
    {
      name: '[Content_Types].xml',
      content: `<?xml version="1.0"?><Types><Override PartName="/main.xml" ContentType="${mainType}.main+xml"/></Types>`,
    },
    { name: '_rels/.rels', content: '<Relationships/>' },
    ...more,
  ]);
export const docx = (...more: ZipEntry[]): Buffer => officePackage(`${OFFICE}.wordprocessingml.document`, ...more);

export const openDocument = (mediaType: string, ...more: ZipEntry[]): Buffer =>
  zip([{ name: 'mimetype', content: mediaType, stored: true }, ...more]);

/** An OLE compound file of version 3 whose directory names these streams; the rest of it is empty. */
export function compoundFile(streams: readonly string[], { emptySectors = 0 } = {}): Buffer {
  const names = ['Root Entry', ...streams];
  const directory = Buffer.alloc(Math.ceil(names.length / 4) * 512);
  names.forEach((name, index) => {
    directory.write(name, index * 128, 'utf16le');
    directory.writeUInt16LE(name.length * 2 + 2, index * 128 + 64);
  });
  const directorySectors = directory.length / 512;
  const sectors = emptySectors + directorySectors;
  const fatSectors = Math.ceil(sectors / 127);
  const difatSectors = Math.ceil(Math.max(0, fatSectors - 109) / 127);
  const fat = Buffer.alloc(fatSectors * 512, 0xff);
  for (let index = 0; index < directorySectors - 1; index += 1) {
    fat.writeUInt32LE(emptySectors + index + 1, (emptySectors + index) * 4);
  }
  fat.writeUInt32LE(0xfffffffe, (sectors - 1) * 4);
  const fatPlaces = Array.from({ length: fatSectors }, (_, index) => sectors + index);
  const header = Buffer.alloc(512, 0xff);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  header.writeUInt16LE(9, 30);
  header.writeUInt32LE(emptySectors, 48);
  header.writeUInt32LE(difatSectors === 0 ? 0xfffffffe : sectors + fatSectors, 68);
  fatPlaces.slice(0, 109).forEach((place, index) => header.writeUInt32LE(place, 76 + index * 4));
  const difat = Buffer.alloc(difatSectors * 512, 0xff);
  fatPlaces.slice(109).forEach((place, index) => difat.writeUInt32LE(place, (index + Math.floor(index / 127)) * 4));
  for (let index = 0; index < difatSectors; index += 1) {
    const next = index === difatSectors - 1 ? 0xfffffffe : sectors + fatSectors + index + 1;
    difat.writeUInt32LE(next, index * 512 + 508);
  }
  return Buffer.concat([header, Buffer.alloc(emptySectors * 512), directory, fat, difat]);
}

/** With one empty page. */
export const pdf = (trailer = '', version = '1.7'): Buffer => Buffer.from(handMadePdf(ONE_PAGE, { trailer, version }));
