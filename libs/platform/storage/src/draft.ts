import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { newId } from '@qlvb/shared-domain';
import { keyOf } from './object-key.ts';
import type { Draft, PutOptions } from './object-store.ts';
import { FileTooLarge } from './storage.problems.ts';

export const HEAD_BYTES = 65_536;
const CHUNK_BYTES = 65_536;

/**
 * Writes a stream to a file while it counts and hashes, then lets `accept` look at it.
 *
 * @throws FileTooLarge as soon as the limit is passed, or what the source or `accept` throws
 * @source FMT-10
 */
export async function writeDraft(source: Readable, file: FileHandle, options: PutOptions): Promise<Draft> {
  const hash = createHash('sha256');
  const head: Buffer[] = [];
  let sizeBytes = 0;
  // A plain loop, not a pipeline: when it ends, also with an error, no write to the file is under way any more.
  for await (const chunk of source as AsyncIterable<Buffer>) {
    if (sizeBytes < HEAD_BYTES) head.push(Buffer.from(chunk.subarray(0, HEAD_BYTES - sizeBytes)));
    sizeBytes += chunk.length;
    if (sizeBytes > options.maxBytes) throw FileTooLarge({ maxBytes: options.maxBytes });
    hash.update(chunk);
    await file.writeFile(chunk);
  }
  const sha256 = hash.digest('hex');
  const draft: Draft = {
    object: { key: keyOf(sha256), sha256, sizeBytes, head: Buffer.concat(head) },
    file,
    open: () => Readable.from(chunksOf(file), { objectMode: false }),
  };
  await options.accept?.(draft);
  return draft;
}

/** Not a stream of `node:fs`: destroyed before its end, that one closes the file for everybody. */
async function* chunksOf(file: FileHandle): AsyncGenerator<Buffer> {
  for (let position = 0; ;) {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, position);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    position += bytesRead;
  }
}

/**
 * A temporary file that has no name any more: whatever kills the process, the system takes it back. It lies in the
 * system's folder for temporary files (TMPDIR), which should be a disk, not memory.
 */
export async function namelessFile(): Promise<FileHandle> {
  const path = join(tmpdir(), `qlvb-spool-${newId()}`);
  const file = await open(path, 'wx+', 0o600);
  await rm(path);
  return file;
}
