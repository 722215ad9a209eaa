import { rm } from 'node:fs/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DeskGround } from '@qlvb/exchange-domain';
import { LimitExceeded } from '@qlvb/limited-process';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { JobFailed, Jobs, OnJob, OnJobFailed } from '@qlvb/platform-jobs';
import type { Job, JobFailure } from '@qlvb/platform-jobs';
import { FileTooLarge, OBJECT_STORE } from '@qlvb/platform-storage';
import type { ObjectStore } from '@qlvb/platform-storage';
import { Desk } from './desk.ts';
import { DocumentInterpretation } from './document-interpretation.ts';
import { InterpretPackage } from './interpret-package.job.ts';
import { PackageReader } from './package-reader.ts';
import type { PackageRead, Spooled } from './package-reader.ts';
import { ReceivedPackage } from './received-package.entity.ts';
import { StatusInterpretation } from './status-interpretation.ts';

/** Erasing what must not be kept is never given up. */
const ERASE_AGAIN_MS = 60_000;

/**
 * The second step: what a package of the ledger means. It may fail and be repeated; it ends as a document, as a status, erased
 * or on the clerk's desk. An attempt is written down before it begins.
 */
@Injectable()
export class InterpretationService {
  readonly #log = new Logger('Interpretation');

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(PackageReader) private readonly reader: PackageReader,
    @Inject(Desk) private readonly desk: Desk,
    @Inject(DocumentInterpretation) private readonly documents: DocumentInterpretation,
    @Inject(StatusInterpretation) private readonly statuses: StatusInterpretation,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  /** @throws whatever failed, as long as another attempt may help */
  @OnJob(InterpretPackage)
  async interpret({ data, deaths }: Job<typeof InterpretPackage>): Promise<void> {
    const row = await this.#begin(data.packageId, deaths);
    if (!row) return;
    if (row.ground === 'secrecy-mark') return this.#erase(row);
    let spooled: Spooled | undefined;
    try {
      spooled = await this.reader.fetch(row.objectKey);
      const mismatch = mismatchOf(row, spooled);
      if (mismatch) return await this.#setAside(row, mismatch, spooled);
      await this.#conclude(row, spooled, await this.reader.read(spooled, row.announcedKind));
    } catch (error) {
      await this.#failed(row, error, spooled);
    } finally {
      if (spooled) await rm(spooled.folder, { recursive: true, force: true });
    }
  }

  /** A person has to look; he may have it tried again. */
  @OnJobFailed(InterpretPackage)
  async givenUp({ data, deaths }: Job<typeof InterpretPackage>, { code, detail }: JobFailure, tx: Tx): Promise<void> {
    const row = await this.#open(tx, data.packageId);
    if (!row) return;
    if (row.ground === 'secrecy-mark') {
      const dueAt = new Date(tx.now.getTime() + ERASE_AGAIN_MS);
      await this.jobs.enqueue(tx, InterpretPackage, data, { key: row.id, dueAt });
      return;
    }
    if (code === 'process-died') await this.desk.setAside(tx, Object.assign(row, { deaths }), 'process-died');
    else await this.desk.setAside(tx, Object.assign(row, { problem: detail }), 'interpretation-failed');
  }

  async #open(tx: Tx, packageId: string): Promise<ReceivedPackage | undefined> {
    const row = await tx.manager.findOne(ReceivedPackage, {
      where: { id: packageId },
      lock: { mode: 'pessimistic_write' },
    });
    return row?.state === 'received' || row?.state === 'interpreting' ? row : undefined;
  }

  /** Counts the attempt and commits that, before anything of the package is touched. */
  #begin(packageId: string, deaths: number): Promise<ReceivedPackage | undefined> {
    return this.database.command(async (tx) => {
      const row = await this.#open(tx, packageId);
      if (!row) return undefined;
      Object.assign(row, { deaths, attempts: row.attempts + 1, state: 'interpreting', updatedAt: tx.now });
      await tx.manager.update(
        ReceivedPackage,
        { id: row.id },
        { deaths, attempts: row.attempts, state: 'interpreting', updatedAt: tx.now },
      );
      return row;
    });
  }

  async #conclude(row: ReceivedPackage, spooled: Spooled, read: PackageRead): Promise<void> {
    const { sha256, sizeBytes } = spooled;
    if (read.findings.some(({ code }) => code === 'secrecy-mark')) {
      // Noted first, so that whatever happens now, erasing is what goes on.
      await this.database.command((tx) =>
        tx.manager.update(ReceivedPackage, { id: row.id }, { sha256, sizeBytes, ground: 'secrecy-mark' }),
      );
      return this.#erase({ ...row, sha256, sizeBytes, ground: 'secrecy-mark' });
    }
    Object.assign(row, { sha256, sizeBytes });
    if (read.kind === 'edoc') return this.documents.conclude(row, read);
    if (read.kind === 'status') return this.statuses.conclude(row, read);
    const { findings, problem } = read;
    await this.#aside(row, 'package-unreadable', {
      kind: 'unreadable',
      findings: [...findings],
      problem: `${problem.code}: ${problem.detail}`,
    });
  }

  /**
   * Nothing of what the package says is kept, and its bytes are gone from the store.
   *
   * @source EX-SEC-1
   */
  async #erase(row: ReceivedPackage): Promise<void> {
    await this.store.erase({ key: row.objectKey });
    await this.database.command(async (tx) => {
      const own = await this.desk.mine(tx, row);
      if (own) await this.desk.erased(tx, own);
    });
    this.#log.warn(`package ${row.id} of ${row.senderCode} bore a mark of state secret and was erased`);
  }

  async #setAside(row: ReceivedPackage, ground: DeskGround, { sha256, sizeBytes }: Spooled): Promise<void> {
    await this.#aside(row, ground, { sha256, sizeBytes });
  }

  async #aside(row: ReceivedPackage, ground: DeskGround, known: Partial<ReceivedPackage>): Promise<void> {
    await this.database.command(async (tx) => {
      const own = await this.desk.mine(tx, row);
      if (own)
        await this.desk.setAside(
          tx,
          Object.assign(own, { sha256: row.sha256, sizeBytes: row.sizeBytes }, known),
          ground,
        );
    });
  }

  /** What costs too much is for a person at once; everything else is tried again. */
  async #failed(row: ReceivedPackage, error: unknown, spooled: Spooled | undefined): Promise<void> {
    const measured = spooled ? { sha256: spooled.sha256, sizeBytes: spooled.sizeBytes } : {};
    const problem = error instanceof Error ? error.message.slice(0, 1000) : String(error);
    if (error instanceof LimitExceeded || FileTooLarge.is(error)) {
      return this.#aside(row, 'package-too-costly', { ...measured, problem });
    }
    await this.database.command(async (tx) => {
      const own = await this.desk.mine(tx, row);
      if (own) await tx.manager.update(ReceivedPackage, { id: row.id }, { ...measured, state: 'received', problem });
    });
    throw new JobFailed('interpretation-failed', problem, { cause: error, again: true });
  }
}

/** What the axis said of the package against what lies in the store. */
function mismatchOf(row: ReceivedPackage, { sha256, sizeBytes }: Spooled): DeskGround | undefined {
  if (row.ground === 'credentials-differ') return row.ground;
  if (sha256 !== row.announcedSha256.toLowerCase()) return 'digest-differs';
  return sizeBytes === row.announcedSizeBytes ? undefined : 'size-differs';
}
