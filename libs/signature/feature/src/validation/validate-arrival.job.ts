import { IncomingDocumentArrived } from '@qlvb/contracts';
import { defineJob } from '@qlvb/platform-jobs';

/** The check of an arrived document's files: a file may take half a minute, and its authorities as long to answer. */
export const ValidateArrival = defineJob({
  kind: 'signature.validate-arrival',
  data: IncomingDocumentArrived.data
    .pick({ documentId: true, files: true, senderCode: true, signerPosition: true })
    // Work that an older release left has no sender.
    .partial({ senderCode: true }),
  attempts: 20,
  limit: { agency: 2 },
  counts: 'files',
});
