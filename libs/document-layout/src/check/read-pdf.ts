import { LimitedThread, threadProgram } from '@qlvb/limited-thread';
import { UnreadablePdf } from '../problems.ts';
import type { PdfFacts, ReadingLimits } from './facts.ts';

export interface CheckLimits extends ReadingLimits {
  readonly sizeBytes: number;
  readonly milliseconds: number;
  /** Memory that reading may add to the process. */
  readonly memoryBytes: number;
}

export const DEFAULT_LIMITS: CheckLimits = {
  pages: 60,
  textsPerPage: 10_000,
  sizeBytes: 64 * 1024 * 1024,
  milliseconds: 20_000,
  memoryBytes: 512 * 1024 * 1024,
};

/**
 * Reads what a PDF shows in a thread of its own, within limits of size, time and memory.
 *
 * @throws UnreadablePdf for a damaged or encrypted file and for one that exceeds a limit
 */
export async function readPdfFacts(
  pdf: Uint8Array | AsyncIterable<Uint8Array>,
  limits: CheckLimits = DEFAULT_LIMITS,
): Promise<PdfFacts> {
  const bytes = await collect(pdf, limits.sizeBytes);
  const { pages, textsPerPage, milliseconds, memoryBytes } = limits;
  const thread = new LimitedThread(threadProgram('./extraction.worker', import.meta.url), {
    milliseconds,
    heapBytes: memoryBytes,
    // What a stream inflates to lies outside the heap.
    residentBytes: memoryBytes,
  });
  try {
    return await thread.ask<PdfFacts>({ bytes, limits: { pages, textsPerPage } }, [bytes.buffer as ArrayBuffer]);
  } catch (cause) {
    throw UnreadablePdf({}, { cause });
  } finally {
    await thread.end();
  }
}

async function collect(pdf: Uint8Array | AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of pdf instanceof Uint8Array ? [pdf] : pdf) {
    size += chunk.length;
    if (size > limit) throw UnreadablePdf();
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
