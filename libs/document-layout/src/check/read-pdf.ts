import { LimitedProcess, LimitExceeded, programBeside, WorkFailed } from '@qlvb/limited-process';
import type { Tell } from '@qlvb/limited-process';
import { LIMITS } from '@qlvb/records';
import type { StructureVerdict } from '@qlvb/pdf';
import { UnreadablePdf } from '../document-layout.problems.ts';
import type { PdfFacts, ReadingLimits } from './facts.ts';

export interface CheckLimits extends ReadingLimits {
  readonly sizeBytes: number;
  readonly milliseconds: number;
  /** All memory of the process that reads. */
  readonly memoryBytes: number;
  /** Ends the reading at once, with its reason. */
  readonly signal?: AbortSignal;
  /** Told how many of the pages that are looked at are read. */
  readonly tell?: Tell;
}

export const DEFAULT_LIMITS: CheckLimits = {
  pages: LIMITS.mainFile.pagesChecked,
  textsPerPage: 10_000,
  sizeBytes: LIMITS.mainFile.bytes,
  milliseconds: 20_000,
  memoryBytes: 512 * 1024 * 1024,
};

/**
 * Reads what a PDF shows in a process of its own, within limits of size, time and memory. What an upload takes is read: pages
 * that ask for too much, or whose contents this reader cannot unpack, are named as unread.
 *
 * @throws UnreadablePdf for a file that no upload takes, or that is larger than the limit
 */
export async function readPdfFacts(
  pdf: Uint8Array | AsyncIterable<Uint8Array>,
  given: Partial<CheckLimits> = {},
): Promise<PdfFacts> {
  const limits = { ...DEFAULT_LIMITS, ...given };
  const bytes = await collect(pdf, limits.sizeBytes);
  const { pages, textsPerPage, milliseconds, memoryBytes, signal, tell } = limits;
  const reader = new LimitedProcess(programBeside('./extraction.worker', import.meta.url), {
    milliseconds,
    memoryBytes,
    signal,
  });
  try {
    const structure = await reader.ask<StructureVerdict>({ judge: bytes });
    if (structure.fault) throw UnreadablePdf({}, { cause: new Error(structure.detail) });
    return await shownFacts(reader, structure.pageCount, { pages, textsPerPage }, tell);
  } catch (cause) {
    if (isFaultOfFile(cause)) throw UnreadablePdf({}, { cause });
    throw cause;
  } finally {
    await reader.end();
  }
}

const isFaultOfFile = (error: unknown): boolean => error instanceof LimitExceeded || error instanceof WorkFailed;

async function shownFacts(
  reader: LimitedProcess,
  pageCount: number,
  limits: ReadingLimits,
  tell?: Tell,
): Promise<PdfFacts> {
  try {
    return await reader.ask<PdfFacts>(limits, tell);
  } catch (error) {
    if (!isFaultOfFile(error)) throw error;
    const asked = Math.min(pageCount, limits.pages);
    const unread = Array.from({ length: asked }, (_, index) => index + 1);
    return { pageCount, pages: [], fonts: [], unread, failure: (error as Error).message };
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
