export { DOCUMENTS_ENTITIES, DocumentsModule } from './documents.module.ts';
export { KEEP_UNUSED_MS, UploadSweeper } from './files/upload-sweeper.ts';
