import { LIMITS, DOCUMENT_KINDS } from '@qlvb/records';
import type { DocumentKindCode } from '@qlvb/records';
import { z } from 'zod';

/** Members that several operations of this service take in the same shape. */
export const documentKindCode = z.enum(
  DOCUMENT_KINDS.map(({ code }) => code) as [DocumentKindCode, ...DocumentKindCode[]],
);
export const fieldOfWork = z.string().trim().min(1).max(LIMITS.text.line).describe('Field of work');
