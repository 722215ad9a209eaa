import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ByteSource } from '../input/byte-source.ts';

export async function fileSource(path: string): Promise<ByteSource> {
  const file = await open(path, 'r');
  const { size } = await file.stat();
  return {
    sizeBytes: size,
    read: (start, end) => createReadStream(path, { fd: file.fd, start, end: end - 1, autoClose: false }),
    close: () => file.close(),
  };
}
