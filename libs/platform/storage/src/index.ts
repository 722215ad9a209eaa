export { ARCHIVE_LIMITS } from './archive-inspection.ts';
export type { Draft } from './object-store.ts';
export { FilesystemStore } from './filesystem-store.ts';
export { formatOf, FORMATS } from './formats.ts';
export type { Format } from './formats.ts';
export type { AppendOnlyPlace } from './kept-elsewhere/append-only-place.ts';
export { FolderPlace } from './kept-elsewhere/folder-place.ts';
export { headPlaces, headsSettings } from './kept-elsewhere/heads.settings.ts';
export type { HeadsSettings } from './kept-elsewhere/heads.settings.ts';
export { digestOf, keyOf } from './object-key.ts';
export type { ByteRange, ObjectLock, ObjectRef, ObjectStore, PutOptions, StoredObject } from './object-store.ts';
export { checkFormat, receiveFile } from './receive-file.ts';
export type { AcceptedFile, ReceivedFile } from './receive-file.ts';
export { S3Store } from './s3-store.ts';
export type { S3StoreOptions } from './s3-store.ts';
export {
  createArchiveStore,
  createObjectStore,
  installStores,
  StorageModule,
  storageSettings,
} from './storage.module.ts';
export type { StorageSettings } from './storage.module.ts';
export {
  ArchivePathUnsafe,
  ArchiveTooLarge,
  FileBytesLost,
  FileEmpty,
  FileEncrypted,
  FileInfected,
  FileNameInvalid,
  FileTooLarge,
  FileUnreadable,
  FormatMismatch,
  FormatNotAllowed,
  ObjectCorrupt,
  ObjectMissing,
  PdfChecksBusy,
  PdfTooComplexToRead,
  PdfTooOld,
  PdfWithoutPage,
  ScannerUnavailable,
  StoreUnavailable,
} from './storage.problems.ts';
export { StoredBytes } from './stored-bytes.ts';
export type { NamedBytes } from './stored-bytes.ts';
export { ARCHIVE_STORE, OBJECT_STORE, VIRUS_SCANNER } from './tokens.ts';
export { ClamdScanner, noScanner } from './virus-scanner.ts';
export type { ScanResult, VirusScanner } from './virus-scanner.ts';
