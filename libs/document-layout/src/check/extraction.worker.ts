import { answerWith } from '@qlvb/limited-process';
import { judgeStructure, PdfDocument } from '@qlvb/pdf';
import { extractFacts } from './extraction.ts';
import type { ReadingLimits } from './facts.ts';

/** First the file itself is judged; only then, as a second question, what its pages show is read. */
type Question = { readonly judge: Uint8Array } | ReadingLimits;

let bytes = new Uint8Array();

/* The process in which a PDF is read; it is ended when it takes too long or too much memory. */
answerWith((question: Question, tell) => {
  if (!('judge' in question)) return extractFacts(new PdfDocument(bytes), question, tell);
  bytes = new Uint8Array(question.judge);
  return judgeStructure(bytes);
});
