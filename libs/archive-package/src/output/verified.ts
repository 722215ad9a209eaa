import { createHash } from 'node:crypto';
import type { PlannedEntry } from '../planned-entry.ts';
import { PackageProblem } from '../problem.ts';

/**
 * The bytes of an entry; ends in an error when they are not the bytes that size and digest promised.
 *
 * @source TTHC-22
 */
export async function* verifiedBytes(entry: PlannedEntry): AsyncGenerator<Buffer> {
  const differs = (detail: string): PackageProblem =>
    new PackageProblem('archive-package.source-differs', detail, { path: entry.path });
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of await entry.open()) {
    const bytes =
      typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    size += bytes.length;
    if (size > entry.sizeBytes) throw differs(`more than the ${entry.sizeBytes} bytes announced`);
    hash.update(bytes);
    yield bytes;
  }
  if (size !== entry.sizeBytes) throw differs(`${size} bytes instead of ${entry.sizeBytes}`);
  const found = hash.digest('hex');
  if (found !== entry.sha256) throw differs(`SHA-256 ${found} instead of ${entry.sha256}`);
}
