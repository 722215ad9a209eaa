export { DOCUMENTS_ENTITIES, DocumentsModule } from './documents.module.ts';
