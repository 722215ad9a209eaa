import { parentPort, workerData } from 'node:worker_threads';
import { extractFacts } from './extraction.ts';
import type { ReadingLimits } from './facts.ts';

/* The thread in which a PDF is read; it is ended when it takes too long or too much memory. */
const { bytes, limits } = workerData as { bytes: Uint8Array; limits: ReadingLimits };
parentPort?.postMessage(await extractFacts(bytes, limits));
