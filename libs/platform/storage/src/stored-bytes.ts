import { Inject, Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { LOGGER } from '@qlvb/platform-http';
import { Metrics } from '@qlvb/platform-observability';
import type { Logger } from '@qlvb/platform-observability';
import type { DomainError, FaultPointer } from '@qlvb/shared-domain';
import { digestOf } from './object-key.ts';
import type { ByteRange, ObjectStore } from './object-store.ts';
import { FileBytesLost, ObjectCorrupt, ObjectMissing } from './storage.problems.ts';
import { OBJECT_STORE } from './tokens.ts';

/** A file as a row names it. */
export interface NamedBytes {
  readonly name: string;
  readonly objectKey: string;
  /** Hex, as the row holds it. */
  readonly sha256: string;
  /** Where a request names the file, as a JSON pointer. */
  readonly pointer?: FaultPointer;
}

/** Bytes on their way to a person. */
export interface Leaving {
  readonly range?: ByteRange | undefined;
  /** Where they lie, when not in the store of files. */
  readonly store?: ObjectStore;
  /** Awaited when the bytes were found right, before the first of them leaves. */
  readonly before: () => Promise<void>;
}

/**
 * Bytes that an act relies on, or that somebody takes away. Whoever acts is told which file has lost them; the operator by an error in the log and the metric
 * `qlvb_storage_lost_files_total`.
 */
@Injectable()
export class StoredBytes {
  readonly #lost: { inc(): void };

  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.#lost = metrics.counter('qlvb_storage_lost_files_total', 'Files found to be missing or altered in the store');
  }

  /**
   * That the bytes of all these files are there and have the digests that their rows hold.
   *
   * @throws FileBytesLost for the first such file, with one fault for each of them; StoreUnavailable
   * @source SEC-C03
   */
  async assertWhole(files: readonly NamedBytes[]): Promise<void> {
    const lost: { readonly file: NamedBytes; readonly cause: Error }[] = [];
    for (const file of files) {
      const cause = await this.#fault(file, () => this.store.verify({ key: file.objectKey }));
      if (cause) lost.push({ file, cause });
    }
    const [first] = lost;
    if (!first) return;
    const { code, detail } = FileBytesLost.declaration;
    const faults = lost.flatMap(({ file: { name, pointer } }) => {
      const named = (text: string): string => text.replace('{name}', () => name);
      return pointer === undefined ? [] : [{ pointer, code, detail: { vi: named(detail.vi), en: named(detail.en) } }];
    });
    throw FileBytesLost({ name: first.file.name }, { cause: first.cause, faults });
  }

  /** @throws FileBytesLost, FileTooLarge, StoreUnavailable */
  async read(file: NamedBytes, maxBytes: number): Promise<Buffer> {
    let bytes: Buffer = Buffer.of();
    const cause = await this.#fault(file, async () => {
      bytes = await this.store.readSmall({ key: file.objectKey }, maxBytes);
    });
    if (cause) throw FileBytesLost({ name: file.name }, { cause });
    return bytes;
  }

  /**
   * All bytes, or a range of them. None leaves before all were found right; those that are altered in the meantime end the stream
   * with an error before its last byte, so that what arrives whole is what was stored.
   *
   * @throws FileBytesLost, StoreUnavailable
   * @source SEC-C03
   */
  async open(file: NamedBytes, { range, store = this.store, before }: Leaving): Promise<Readable> {
    const ref = { key: file.objectKey };
    const unusable = await this.#fault(file, () => store.verify(ref));
    if (unusable) throw FileBytesLost({ name: file.name }, { cause: unusable });
    await before();
    let stream: Readable | undefined;
    const lost = await this.#fault(file, async () => {
      stream = await store.get(ref, range);
    });
    if (lost || !stream) throw FileBytesLost({ name: file.name }, { cause: lost });
    stream.once('error', (error: Error) => {
      if (ObjectCorrupt.is(error)) this.#tell(file, error);
    });
    return stream;
  }

  async #fault(file: NamedBytes, reading: () => Promise<void>): Promise<Error | undefined> {
    try {
      await reading();
      return digestOf(file.objectKey) === file.sha256 ? undefined : this.#tell(file, ObjectCorrupt());
    } catch (error) {
      if (ObjectMissing.is(error) || ObjectCorrupt.is(error)) return this.#tell(file, error);
      throw error;
    }
  }

  #tell({ objectKey, sha256 }: NamedBytes, cause: DomainError): Error {
    this.#lost.inc();
    this.logger.error({ err: cause, objectKey, sha256 }, 'a file has lost its bytes in the store');
    return cause;
  }
}
