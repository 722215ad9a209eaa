/** One entry of the archive being written. */
export interface ZipEntry {
  /** ASCII path with `/`. */
  readonly name: string;
  /** Length of the file itself. */
  readonly sizeBytes: number;
  /** Of its local header. */
  readonly offset: number;
  readonly crc: number;
}

const LIMIT = 0xffff_ffff;
const DEFLATE = 8;
// Bit 3: sizes follow the data. Bit 11: names are UTF-8.
const FLAGS = 0x0808;
// 1 January 1980, 00:00: the earliest time a ZIP can hold, so that the clock leaves no trace.
const DATE = 0x0021;
const VERSION = 20;
const VERSION_ZIP64 = 45;
const MADE_ON_UNIX = 0x0300;
const REGULAR_FILE_0644 = 0o100644;

/** Length of a file in uncompressed DEFLATE blocks. */
export const storedSize = (sizeBytes: number): number => sizeBytes + 5 * Math.max(1, Math.ceil(sizeBytes / 65_535));

const isLarge = (entry: ZipEntry): boolean => storedSize(entry.sizeBytes) >= LIMIT;

export function localHeader(entry: ZipEntry): Buffer {
  const name = Buffer.from(entry.name, 'utf8');
  const large = isLarge(entry);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(large ? VERSION_ZIP64 : VERSION, 4);
  header.writeUInt16LE(FLAGS, 6);
  header.writeUInt16LE(DEFLATE, 8);
  header.writeUInt16LE(DATE, 12);
  if (large) {
    header.writeUInt32LE(LIMIT, 18);
    header.writeUInt32LE(LIMIT, 22);
  }
  header.writeUInt16LE(name.length, 26);
  // The empty ZIP64 field tells the reader that the sizes behind the data have eight bytes.
  const extra = large ? zip64Extra([0n, 0n]) : Buffer.alloc(0);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, name, extra]);
}

export function dataDescriptor(entry: ZipEntry): Buffer {
  const large = isLarge(entry);
  const descriptor = Buffer.alloc(large ? 24 : 16);
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(entry.crc, 4);
  if (large) {
    descriptor.writeBigUInt64LE(BigInt(storedSize(entry.sizeBytes)), 8);
    descriptor.writeBigUInt64LE(BigInt(entry.sizeBytes), 16);
  } else {
    descriptor.writeUInt32LE(storedSize(entry.sizeBytes), 8);
    descriptor.writeUInt32LE(entry.sizeBytes, 12);
  }
  return descriptor;
}

export function centralHeader(entry: ZipEntry): Buffer {
  const name = Buffer.from(entry.name, 'utf8');
  const large = isLarge(entry);
  const far = entry.offset >= LIMIT;
  const extra = zip64Extra([
    ...(large ? [BigInt(entry.sizeBytes), BigInt(storedSize(entry.sizeBytes))] : []),
    ...(far ? [BigInt(entry.offset)] : []),
  ]);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(MADE_ON_UNIX | VERSION_ZIP64, 4);
  header.writeUInt16LE(large || far ? VERSION_ZIP64 : VERSION, 6);
  header.writeUInt16LE(FLAGS, 8);
  header.writeUInt16LE(DEFLATE, 10);
  header.writeUInt16LE(DATE, 14);
  header.writeUInt32LE(entry.crc, 16);
  header.writeUInt32LE(large ? LIMIT : storedSize(entry.sizeBytes), 20);
  header.writeUInt32LE(large ? LIMIT : entry.sizeBytes, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE((REGULAR_FILE_0644 << 16) >>> 0, 38);
  header.writeUInt32LE(far ? LIMIT : entry.offset, 42);
  return Buffer.concat([header, name, extra]);
}

function zip64Extra(values: readonly bigint[]): Buffer {
  if (values.length === 0) return Buffer.alloc(0);
  const extra = Buffer.alloc(4 + 8 * values.length);
  extra.writeUInt16LE(0x0001, 0);
  extra.writeUInt16LE(8 * values.length, 2);
  values.forEach((value, index) => extra.writeBigUInt64LE(value, 4 + 8 * index));
  return extra;
}

export function endOfArchive(count: number, centralSize: number, centralOffset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(Math.min(centralSize, LIMIT), 12);
  end.writeUInt32LE(Math.min(centralOffset, LIMIT), 16);
  if (count < 0xffff && centralSize < LIMIT && centralOffset < LIMIT) return end;

  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeUInt16LE(MADE_ON_UNIX | VERSION_ZIP64, 12);
  end64.writeUInt16LE(VERSION_ZIP64, 14);
  end64.writeBigUInt64LE(BigInt(count), 24);
  end64.writeBigUInt64LE(BigInt(count), 32);
  end64.writeBigUInt64LE(BigInt(centralSize), 40);
  end64.writeBigUInt64LE(BigInt(centralOffset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(centralOffset + centralSize), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end64, locator, end]);
}
