import { defineProblem } from '@qlvb/shared-domain';

export const CatalogueNotFound = defineProblem({
  code: 'documents.catalogue-missing',
  kind: 'not-found',
  title: { vi: 'Không có danh mục này', en: 'No such catalogue' },
  detail: { vi: 'Hệ thống không có danh mục này.', en: 'The platform has no such catalogue.' },
});
