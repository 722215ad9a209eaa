import { crc32, createDeflateRaw } from 'node:zlib';
import { Readable } from 'node:stream';

/** Bit 3: sizes and checksum follow the data. Bit 11: the name is UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
const VERSION = 20;
/** 1980-01-01 00:00, the first moment a zip can tell: the same content gives the same bytes. */
const DOS_DATE = 0x0021;
const LARGEST = 0xffffffff;

/**
 * A zip with one entry, written while its content arrives. The form in which the axis' library sends what is neither PDF nor Word.
 *
 * @throws RangeError beyond 4 GiB
 */
export async function* zipOf(entryName: string, content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const name = Buffer.from(entryName, 'utf8');
  const local = Buffer.concat([Buffer.alloc(30), name]);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(VERSION, 4);
  local.writeUInt16LE(FLAGS, 6);
  local.writeUInt16LE(DEFLATED, 8);
  local.writeUInt16LE(DOS_DATE, 12);
  local.writeUInt16LE(name.length, 26);
  yield local;

  let sum = 0;
  let unpacked = 0;
  let packed = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of content) {
      sum = crc32(chunk, sum);
      unpacked += chunk.length;
      yield chunk;
    }
  };
  const source = Readable.from(counted(), { objectMode: false });
  const deflated = createDeflateRaw();
  source.once('error', (error) => deflated.destroy(error));
  for await (const chunk of source.pipe(deflated) as AsyncIterable<Buffer>) {
    packed += chunk.length;
    yield chunk;
  }
  if (Math.max(packed, unpacked) > LARGEST) throw new RangeError('a zip entry of more than 4 GiB');

  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(0x08074b50, 0);
  sizes.writeUInt32LE(sum, 4);
  sizes.writeUInt32LE(packed, 8);
  sizes.writeUInt32LE(unpacked, 12);
  yield sizes;

  const directory = Buffer.concat([Buffer.alloc(46), name]);
  directory.writeUInt32LE(0x02014b50, 0);
  directory.writeUInt16LE(VERSION, 4);
  local.copy(directory, 6, 4, 14);
  sizes.copy(directory, 16, 4);
  directory.writeUInt16LE(name.length, 28);
  yield directory;

  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(local.length + packed + sizes.length, 16);
  yield end;
}
