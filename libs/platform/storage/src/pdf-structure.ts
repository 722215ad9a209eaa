import { SemaphoreFull } from '@qlvb/limited-process';
import { StructureReader } from '@qlvb/pdf';
import type { StructureFault, StructureVerdict } from '@qlvb/pdf';
import type { ProblemFactory } from '@qlvb/shared-domain';
import type { Draft } from './object-store.ts';
import {
  FileEncrypted,
  FileUnreadable,
  PdfChecksBusy,
  PdfTooComplexToRead,
  PdfTooOld,
  PdfWithoutPage,
} from './storage.problems.ts';

const PROBLEM_OF: Readonly<Record<StructureFault, ProblemFactory>> = {
  damaged: FileUnreadable,
  encrypted: FileEncrypted,
  'no-page': PdfWithoutPage,
  'too-complex': PdfTooComplexToRead,
};
const OLDEST_VERSION = '1.4';

/** For all uploads of this process. */
const reader = new StructureReader();

/**
 * That the file is read to its last object by the reader that lays out, signs and verifies it later: what it refuses then is
 * refused here.
 *
 * @throws FileUnreadable, FileEncrypted, PdfWithoutPage, PdfTooComplexToRead, PdfTooOld, PdfChecksBusy
 * @source FMT-05
 */
export async function checkPdf(name: string, draft: Draft): Promise<void> {
  const verdict = await judge(draft);
  if (verdict.fault) throw PROBLEM_OF[verdict.fault]({ name }, { cause: new Error(verdict.detail) });
  if (verdict.version < OLDEST_VERSION) throw PdfTooOld({ name, version: verdict.version });
}

async function judge({ file, object }: Draft): Promise<StructureVerdict> {
  try {
    return await reader.judge(async () => {
      const bytes = Buffer.alloc(object.sizeBytes);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
      if (bytesRead < bytes.length) throw new Error('the draft of an upload is shorter than what was received');
      return bytes;
    });
  } catch (error) {
    if (error instanceof SemaphoreFull) throw PdfChecksBusy({}, { cause: error });
    throw error;
  }
}
