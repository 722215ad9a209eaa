import { Inject, Injectable } from '@nestjs/common';
import type { FileRef } from '@qlvb/contracts';
import type { Actor } from '@qlvb/platform-context';
import { Database, reach, recordDisclosure } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import type { Download, Upload } from '@qlvb/platform-http';
import { OBJECT_STORE, receiveFile, StoredBytes, VIRUS_SCANNER } from '@qlvb/platform-storage';
import type { ObjectStore, VirusScanner } from '@qlvb/platform-storage';
import { LIMITS } from '@qlvb/records';
import { newId } from '@qlvb/shared-domain';
import { normaliseText, textFault } from '@qlvb/vietnam';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { z } from 'zod';
import { DocumentAccess } from '../access/document-access.ts';
import { fileAccess } from './file-access.ts';
import { FileUseEntity, refOf, StoredFileEntity } from './file.entity.ts';
import { FileNotFound } from './files.problems.ts';

export const FileView = z
  .object({
    fileId: z.uuid(),
    name: z.string(),
    mediaType: z.string(),
    sizeBytes: z.int(),
    sha256: z.string(),
    virusScan: z.enum(['clean', 'not_scanned']),
  })
  .meta({ id: 'File' });
type View = z.input<typeof FileView>;

/** Files of drafts and documents: bytes in the object store, what is known of them here. */
@Injectable()
export class FilesService {
  readonly #store: ObjectStore;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OBJECT_STORE) store: ObjectStore,
    @Inject(VIRUS_SCANNER) private readonly scanner: VirusScanner,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
    @Inject(StoredBytes) private readonly bytes: StoredBytes,
  ) {
    this.#store = store;
  }

  /**
   * Streams an upload into the store, where format and viruses are checked before the file exists for anybody.
   *
   * @throws what `receiveFile` throws
   * @source FMT-02
   * @source FMT-07
   */
  async store(name: string, upload: Upload, actor: Actor): Promise<View> {
    const cleanName = textFault(name) === undefined ? normaliseText(name) : name;
    const received = { name: cleanName, declaredType: upload.mediaType, content: upload.stream };
    const { object, format, virusScan } = await receiveFile(this.#store, this.scanner, received, LIMITS.file.bytes);
    return this.database.command(async (tx) => {
      const file = Object.assign(new StoredFileEntity(), {
        id: newId(),
        agencyId: tx.agencyId,
        version: 1,
        createdAt: tx.now,
        updatedAt: tx.now,
        name: cleanName,
        mediaType: format.mediaType,
        sizeBytes: object.sizeBytes,
        sha256: object.sha256,
        objectKey: object.key,
        virusScan,
        uploadedBy: actor.userId,
      });
      await tx.manager.insert(StoredFileEntity, file);
      tx.audit({ action: 'file.uploaded', resource: { type: 'file', id: file.id }, after: { sha256: file.sha256 } });
      return view(file);
    });
  }

  /** @throws FileNotFound */
  async get(id: string, actor: Actor): Promise<View> {
    return view(await this.#find(id, actor));
  }

  /** @throws FileNotFound; FileBytesLost when it is opened */
  async open(id: string, actor: Actor): Promise<Download> {
    const file = await this.#find(id, actor);
    const { name, mediaType, sizeBytes, sha256 } = file;
    const disclosure = { action: 'file.downloaded', resource: { type: 'file', id }, sha256 } as const;
    return {
      fileName: name,
      mediaType,
      sizeBytes,
      sha256,
      open: (range) =>
        this.bytes.open(file, { range, before: () => recordDisclosure(this.database, { ...disclosure, range }) }),
    };
  }

  /**
   * References to files that the person may read, in the order of the ids, for a draft that is about to hold them.
   *
   * @throws FileNotFound
   */
  async refs(tx: Tx, mainFileId: string, attachmentFileIds: readonly string[], actor: Actor): Promise<FileRef[]> {
    const ids = [mainFileId, ...attachmentFileIds];
    // Locked, so that no sweep takes them away before the draft holds them.
    const files = await this.#readable(tx.manager, ids, actor).setLock('pessimistic_read', undefined, ['f']).getMany();
    const found = new Map(files.map((file) => [file.id, file]));
    return ids.map((id, index) => {
      const file = found.get(id);
      if (!file) throw FileNotFound({ id });
      return refOf(file, index === 0 ? 'main' : 'attachment');
    });
  }

  /** Those of the files that are there for the person, by id. */
  readable(ids: readonly string[], actor: Actor): Promise<ReadonlyMap<string, StoredFileEntity>> {
    return this.database.read(async (manager) => {
      const files = await this.#readable(manager, ids, actor).getMany();
      return new Map(files.map((file) => [file.id, file]));
    });
  }

  #readable(manager: EntityManager, ids: readonly string[], actor: Actor): SelectQueryBuilder<StoredFileEntity> {
    const access = fileAccess(this.access, actor);
    return manager
      .createQueryBuilder(StoredFileEntity, 'f')
      .where('f.id = ANY(:ids)', { ids })
      .andWhere(access.where('f'))
      .setParameters(access.parameters);
  }

  /** Keeps in mind that a document holds files. */
  async hold(
    tx: Tx,
    direction: FileUseEntity['direction'],
    documentId: string,
    files: readonly { readonly fileId: string }[],
  ): Promise<void> {
    if (files.length === 0) return;
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(FileUseEntity)
      .values(files.map(({ fileId }) => ({ agencyId: tx.agencyId, fileId, documentId, direction })))
      .orIgnore()
      .execute();
  }

  /** Makes files that other services wrote (signed revisions, unpacked packages) known here, held by a document. */
  async adopt(
    tx: Tx,
    direction: FileUseEntity['direction'],
    documentId: string,
    files: readonly FileRef[],
  ): Promise<void> {
    if (files.length === 0) return;
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(StoredFileEntity)
      .values(
        files.map(({ fileId, name, mediaType, sizeBytes, sha256, objectKey }) => ({
          id: fileId,
          agencyId: tx.agencyId,
          version: 1,
          createdAt: tx.now,
          updatedAt: tx.now,
          name,
          mediaType,
          sizeBytes,
          sha256,
          objectKey,
          virusScan: 'not_scanned' as const,
          uploadedBy: null,
        })),
      )
      .orIgnore()
      .execute();
    await this.hold(tx, direction, documentId, files);
  }

  async #find(id: string, actor: Actor): Promise<StoredFileEntity> {
    const access = fileAccess(this.access, actor);
    const { row } = await this.database.read((manager) =>
      reach(manager, { entity: StoredFileEntity, id, missing: FileNotFound, access }),
    );
    return row;
  }
}

const view = ({ id, name, mediaType, sizeBytes, sha256, virusScan }: StoredFileEntity): View => ({
  fileId: id,
  name,
  mediaType,
  sizeBytes,
  sha256,
  virusScan,
});
