import { answerWith } from '@qlvb/limited-process';
import { judgeStructure } from './structure.ts';

/* The process in which files that people send are read for the first time. */
answerWith((bytes: Uint8Array) => judgeStructure(bytes));
