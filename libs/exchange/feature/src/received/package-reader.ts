import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { ReadResult } from '@qlvb/edxml';
import { LimitedProcess, programBeside } from '@qlvb/limited-process';
import type { ProcessLimits } from '@qlvb/limited-process';
import { failPoint } from '@qlvb/platform-faults';
import { FileTooLarge, OBJECT_STORE } from '@qlvb/platform-storage';
import type { ObjectStore } from '@qlvb/platform-storage';
import { LIMITS } from '@qlvb/records';

type Unreadable = Extract<ReadResult<string>, { kind: 'unreadable' }>;

/** What a package says; delivered attachments are paths of local files. */
export type PackageRead =
  | Exclude<ReadResult<string>, { kind: 'unreadable' }>
  | (Omit<Unreadable, 'problem'> & { readonly problem: { readonly code: string; readonly detail: string } });

export interface ReadingOrder {
  readonly file: string;
  /** For attachments; emptied by who asked. */
  readonly folder: string;
  readonly announcedKind: 'document' | 'status';
}

/** The bytes of a package as they lie here, measured by ourselves. */
export interface Spooled {
  readonly folder: string;
  readonly file: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

const PROCESS_LIMITS: ProcessLimits = { milliseconds: 5 * 60_000, memoryBytes: 384 * 2 ** 20 };
const PREFIX = `qlvb-package-`;
/** Processes that wait for the next package instead of being started for it. */
const MAX_IDLE = 2;

/**
 * Brings a package onto this machine's disk, measured while it streams, and reads it in a process with limits that has none of
 * the service's secrets.
 */
@Injectable()
export class PackageReader implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #idle: LimitedProcess[] = [];
  #ended = false;

  constructor(@Inject(OBJECT_STORE) private readonly store: ObjectStore) {}

  /** Takes away what a killed process left behind. */
  async onApplicationBootstrap(): Promise<void> {
    for (const name of await readdir(tmpdir())) {
      const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1] ?? process.pid);
      if (!isAlive(pid)) await rm(join(tmpdir(), name), { recursive: true, force: true });
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.#ended = true;
    await Promise.all(this.#idle.splice(0).map((one) => one.end()));
  }

  /** @throws FileTooLarge; ObjectMissing, ObjectCorrupt; the caller removes the folder */
  async fetch(objectKey: string): Promise<Spooled> {
    const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
    try {
      const file = join(folder, 'package');
      const hash = createHash('sha256');
      let sizeBytes = 0;
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk);
          sizeBytes += chunk.length;
          done(sizeBytes > LIMITS.package.bytes ? FileTooLarge({ maxBytes: LIMITS.package.bytes }) : null, chunk);
        },
      });
      await pipeline(await this.store.get({ key: objectKey }), measure, createWriteStream(file));
      return { folder, file, sha256: hash.digest('hex'), sizeBytes };
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** @throws LimitExceeded when it costs too much; WorkFailed when the reader itself stumbles */
  async read({ file, folder }: Spooled, announcedKind: 'document' | 'status'): Promise<PackageRead> {
    await failPoint('exchange:while-reading');
    const order: ReadingOrder = { file, folder, announcedKind };
    const reader =
      this.#idle.pop() ??
      new LimitedProcess(programBeside('./package-reading.worker', import.meta.url), PROCESS_LIMITS);
    try {
      const read = await reader.ask<PackageRead>(order);
      if (!this.#ended && this.#idle.length < MAX_IDLE) this.#idle.push(reader);
      else await reader.end();
      return read;
    } catch (error) {
      await reader.end();
      throw error;
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
