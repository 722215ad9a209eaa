import { defineProblem } from '@qlvb/shared-domain';

export const FileNotFound = defineProblem({
  code: 'documents.file-missing',
  kind: 'not-found',
  title: { vi: 'Không có tệp này', en: 'No such file' },
  detail: { vi: 'Không có tệp này trong cơ quan.', en: 'There is no such file in the agency.' },
});
