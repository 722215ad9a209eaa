import { Inject, Injectable } from '@nestjs/common';
import type { FileRef } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { assertFilesSignable } from '@qlvb/documents-domain';
import { Semaphore, SemaphoreFull, WorkFailed } from '@qlvb/limited-process';
import { RehearsalProcess } from '@qlvb/pdf-signature';
import type { EarlierSignatures, FileRole, RehearsalOutcome } from '@qlvb/pdf-signature';
import type { Actor } from '@qlvb/platform-context';
import { captureOutcome } from '@qlvb/platform-database';
import { LOGGER } from '@qlvb/platform-http';
import type { Logger } from '@qlvb/platform-observability';
import { CLOCK } from '@qlvb/platform-service';
import { StoredBytes } from '@qlvb/platform-storage';
import { LIMITS } from '@qlvb/records';
import type { Clock, FaultPointer } from '@qlvb/shared-domain';
import { FilesService } from '../files/files.service.ts';
import type { StoredFileEntity } from '../files/file.entity.ts';
import type { DraftFile } from './outgoing.entities.ts';
import { FileChecksBusy } from './outgoing.problems.ts';

/** Drafts whose files are tried at once in this service, each in a process of its own. */
const AT_ONCE = 2;
/** For all files of one draft; what was found by then is kept, so that asking again goes on from there. */
const MAX_MS = 20_000;
/** Outcomes kept: they are the same for the same bytes. */
const KEPT = 2_000;

/** A file as a request names it. */
interface NamedFile {
  readonly fileId: string;
  readonly role: FileRole;
  readonly pointer: FaultPointer;
}

/** The files of a draft, as its input names them. */
export const filesOfDraft = (mainFileId: string, attachmentFileIds: readonly string[]): readonly NamedFile[] => [
  { fileId: mainFileId, role: 'main', pointer: '/body/mainFileId' },
  ...attachmentFileIds.map((fileId, index) => ({
    fileId,
    role: 'attachment' as const,
    pointer: `/body/attachmentFileIds/${index}` as const,
  })),
];

/** What is known of the signatures that files bring, by the file's id. */
export type Brought = ReadonlyMap<string, EarlierSignatures>;

interface Asked {
  readonly file: StoredFileEntity;
  readonly role: FileRole;
}
type Outcomes = ReadonlyMap<string, RehearsalOutcome>;

/** Whether the files of a draft will be signable, found out by signing copies of them. */
@Injectable()
export class SignabilityService {
  readonly #semaphore = new Semaphore(AT_ONCE, { maxWaiting: 20, maxPerKey: 10 });
  readonly #known = new Map<string, RehearsalOutcome>();

  constructor(
    @Inject(StoredBytes) private readonly bytes: StoredBytes,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Done before the command that takes the files over, as it may last: no row or connection waits for it. Files that are not
   * there for the person are left to that command.
   *
   * @returns to be called within the command: says what is known of the signatures that the files bring, by file; throws the problem of
   *   the first file that cannot be signed, FileBytesLost or FileChecksBusy
   * @source PR-12
   * @source VER-07
   */
  rehearse(asked: readonly NamedFile[], actor: Actor): Promise<() => Brought> {
    return captureOutcome(async () => {
      const ids = asked.map(({ fileId }) => fileId);
      const found = await this.files.readable(ids, actor);
      const there = asked.flatMap(({ fileId, role, pointer }) => {
        const file = found.get(fileId);
        return file ? [{ file, role, pointer }] : [];
      });
      await this.bytes.assertWhole(
        there.map(({ file: { name, objectKey, sha256 }, pointer }) => ({ name, objectKey, sha256, pointer })),
      );
      const signed = there.filter(({ file, role }) => isSigned(file, role));
      const outcomes = await this.#outcomes(signed);
      assertFilesSignable(
        signed.map(({ file, role, pointer }) => ({
          name: file.name,
          pointer,
          obstacle: outcomes.get(keyOf(file, role))?.obstacle,
        })),
      );
      return new Map(
        signed.flatMap(({ file, role }) => {
          const outcome = outcomes.get(keyOf(file, role));
          return outcome && outcome.obstacle === undefined ? [[file.id, outcome.earlierSignatures] as const] : [];
        }),
      );
    });
  }

  /** @throws FileChecksBusy */
  async #outcomes(files: readonly Asked[]): Promise<Outcomes> {
    const known = new Map(
      files.flatMap(({ file, role }) => {
        const key = keyOf(file, role);
        const outcome = this.#known.get(key);
        return outcome ? [[key, outcome] as const] : [];
      }),
    );
    const unknown = files.filter(({ file, role }) => !known.has(keyOf(file, role)));
    const [first] = unknown;
    if (!first) return known;
    try {
      return new Map([
        ...known,
        ...(await this.#semaphore.run(() => this.#sign(unknown, first.file.agencyId), first.file.agencyId)),
      ]);
    } catch (error) {
      if (error instanceof SemaphoreFull) throw FileChecksBusy({}, { cause: error });
      throw error;
    }
  }

  async #sign(files: readonly Asked[], agencyId: string): Promise<Outcomes> {
    const started = performance.now();
    const outcomes = new Map<string, RehearsalOutcome>();
    const rehearsal = new RehearsalProcess();
    try {
      const { name: organisation } = await this.directory.agency(agencyId);
      for (const { file, role } of files) {
        if (performance.now() - started > MAX_MS) throw FileChecksBusy();
        const outcome = await this.#outcomeOf(rehearsal, { file, role }, organisation);
        outcomes.set(keyOf(file, role), outcome);
        // Whether a file asks for too much also depends on how busy the machine is.
        if (outcome.obstacle !== 'too-complex') this.#keep(keyOf(file, role), outcome);
      }
    } finally {
      await rehearsal.end();
    }
    return outcomes;
  }

  async #outcomeOf(
    rehearsal: RehearsalProcess,
    { file, role }: Asked,
    organisation: string,
  ): Promise<RehearsalOutcome> {
    const pdf = await this.bytes.read(file, LIMITS.file.bytes);
    try {
      return await rehearsal.rehearse({ pdf, role, organisation, at: this.clock.now() });
    } catch (error) {
      if (!(error instanceof WorkFailed)) throw error;
      this.logger.error({ err: error, sha256: file.sha256 }, 'signing a copy failed on a file');
      return { obstacle: 'damaged' };
    }
  }

  #keep(key: string, outcome: RehearsalOutcome): void {
    this.#known.set(key, outcome);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
  }
}

const keyOf = ({ agencyId, sha256 }: StoredFileEntity, role: FileRole): string => `${agencyId}:${role}:${sha256}`;

/** The files with what is known of the signatures they bring. */
export const withBrought = (files: readonly FileRef[], brought: Brought): DraftFile[] =>
  files.map((file) => ({ ...file, earlierSignatures: brought.get(file.fileId) ?? null }));

/** Other formats are sealed with the package that carries them; a main file of another kind or size is refused anyway. */
const isSigned = (file: StoredFileEntity, role: FileRole): boolean =>
  file.mediaType === 'application/pdf' && (role === 'attachment' || file.sizeBytes <= LIMITS.mainFile.bytes);
