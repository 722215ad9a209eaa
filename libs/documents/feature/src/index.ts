export { DOCUMENTS_ENTITIES, DocumentsModule } from './documents.module.ts';
export { KEEP_UNUSED_MS, UploadSweeper } from './files/upload-sweeper.ts';
export { OutgoingDocument } from './outgoing/outgoing.entities.ts';
export { OutgoingQueries } from './outgoing/outgoing-queries.service.ts';
export { OutgoingDetail, OutgoingQuery, OutgoingView } from './outgoing/outgoing.dto.ts';
export type { DocumentAccess } from './access/document-access.ts';
