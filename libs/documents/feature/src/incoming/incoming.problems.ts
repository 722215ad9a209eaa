import { defineProblem } from '@qlvb/shared-domain';

export const IncomingNotFound = defineProblem({
  code: 'documents.incoming-missing',
  kind: 'not-found',
  title: { vi: 'Không có văn bản này', en: 'No such document' },
  detail: { vi: 'Không có văn bản đến này trong cơ quan.', en: 'There is no such incoming document in the agency.' },
});
