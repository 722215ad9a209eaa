export { DOCUMENTS_ENTITIES, DocumentsModule } from './documents.module.ts';
export { MAX_FILE_BYTES } from './files/files.service.ts';
export { KEEP_UNUSED_MS, UploadSweeper } from './files/upload-sweeper.ts';
