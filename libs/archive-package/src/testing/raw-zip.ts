import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of which every field can lie. */
export interface RawEntry {
  readonly name: string | Buffer;
  readonly data?: Buffer;
  readonly localName?: string;
  readonly flags?: number;
  readonly method?: number;
  readonly mode?: number;
  readonly announcedSize?: number;
  readonly crc?: number;
  /** Points the directory at the data of the entry with this index. */
  readonly sameAs?: number;
  readonly extra?: Buffer;
}

/** Writes a ZIP archive that need not be a good one. */
export function rawZip(entries: readonly RawEntry[]): Buffer {
  const parts: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  const headers = entries.map((entry) => {
    const { data = Buffer.from('x'), flags = 0x0800, method = 8, mode = 0o100644, extra = Buffer.alloc(0) } = entry;
    const name = Buffer.from(entry.name);
    const packed = method === 8 ? deflateRawSync(data) : data;
    const crc = entry.crc ?? crc32(data);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc, 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(entry.announcedSize ?? data.length, 18);
    const start = entry.sameAs === undefined ? offset : (offsets[entry.sameAs] ?? 0);
    offsets.push(start);
    if (entry.sameAs === undefined) {
      const local = Buffer.from(entry.localName ?? name);
      const facts = Buffer.from(common);
      facts.writeUInt16LE(local.length, 22);
      const record = Buffer.concat([Buffer.from('504b0304', 'hex'), facts, local, packed]);
      parts.push(record);
      offset += record.length;
    }
    common.writeUInt16LE(name.length, 22);
    common.writeUInt16LE(extra.length, 24);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(start, 10);
    return Buffer.concat([Buffer.from('504b0102', 'hex'), Buffer.from([0x14, 0x03]), common, tail, name, extra]);
  });
  const directory = Buffer.concat(headers);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}
