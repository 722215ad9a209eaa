export { DocumentAccess } from './document-access.ts';
export type { VisibleDocuments } from './document-access.ts';
export { DocumentAccessModule } from './document-access.module.ts';
