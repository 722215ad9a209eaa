export { ARCHIVE_ENTITIES, ArchiveModule } from './archive.module.ts';
