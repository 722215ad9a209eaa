import { answerWith } from '@qlvb/limited-process';
import { rehearseSigning } from './rehearsal.ts';
import type { RehearsalOrder } from './rehearsal.ts';

/* The process in which copies of a draft's files are signed. */
answerWith((order: RehearsalOrder) => rehearseSigning(order));
