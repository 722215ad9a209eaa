import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
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

const MEMORY_CHECK_MS = 25;

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
  // the thread runs beside this file, compiled or not
  const worker = new Worker(new URL(`./extraction.worker${extname(import.meta.url)}`, import.meta.url), {
    workerData: { bytes, limits: { pages: limits.pages, textsPerPage: limits.textsPerPage } },
    transferList: [bytes.buffer as ArrayBuffer],
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryBytes / 2 ** 20, stackSizeMb: 8 },
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  const before = process.memoryUsage.rss();
  let timer: NodeJS.Timeout | undefined;
  let watch: NodeJS.Timeout | undefined;
  try {
    return await new Promise<PdfFacts>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject);
      worker.once('exit', () => {
        reject(new Error('the reader ended without an answer'));
      });
      timer = setTimeout(() => {
        reject(new Error('the reader took too long'));
      }, limits.milliseconds);
      // what a stream inflates to lies outside the heap, so that the thread's own limit does not see it
      watch = setInterval(() => {
        if (process.memoryUsage.rss() - before > limits.memoryBytes)
          reject(new Error('the reader took too much memory'));
      }, MEMORY_CHECK_MS);
    });
  } catch (cause) {
    throw UnreadablePdf({}, { cause });
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
    await worker.terminate();
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
