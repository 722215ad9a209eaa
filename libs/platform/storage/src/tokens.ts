export const OBJECT_STORE = Symbol('object store');
/** Only with `StorageModule.forRoot(settings, { archive: true })`. */
export const ARCHIVE_STORE = Symbol('archive store');
export const VIRUS_SCANNER = Symbol('virus scanner');
