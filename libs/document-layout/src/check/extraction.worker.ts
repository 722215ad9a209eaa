import { answerWith } from '@qlvb/limited-process';
import { extractFacts } from './extraction.ts';
import type { ReadingLimits } from './facts.ts';

/* The process in which a PDF is read; it is ended when it takes too long or too much memory. */
answerWith(({ bytes, limits }: { readonly bytes: Uint8Array; readonly limits: ReadingLimits }) =>
  extractFacts(bytes, limits),
);
