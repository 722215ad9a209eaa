import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import type { AnnouncedAttachment, AttachmentMeta, AttachmentSink, DeliveredAttachment } from './attachment.ts';
import { HEAD_BYTES, mediaTypeOf } from './media-type.ts';

/** Hands one attachment to the sink while counting and digesting its bytes, no faster than the sink takes them. */
export class Delivery<T> {
  readonly #announced: AnnouncedAttachment & { readonly isUnwrapped: boolean; readonly entryName?: string };
  readonly #sink: AttachmentSink<T>;
  readonly #stream = new PassThrough();
  readonly #hash = createHash('sha256');
  /** First bytes, kept until they tell the media type. */
  #head: Buffer = Buffer.alloc(0);
  #started: { meta: AttachmentMeta; result: Promise<T> } | undefined;
  #failure: { readonly error: unknown } | undefined;
  #sizeBytes = 0;

  constructor(
    announced: AnnouncedAttachment & { readonly isUnwrapped: boolean; readonly entryName?: string },
    sink: AttachmentSink<T>,
  ) {
    this.#announced = announced;
    this.#sink = sink;
    // the sink sees the failure of its stream; without a listener it would also be thrown at the process
    this.#stream.on('error', () => undefined);
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk);
    this.#sizeBytes += chunk.length;
    if (this.#started) return this.#pass(chunk);
    this.#head = Buffer.concat([this.#head, chunk]);
    if (this.#head.length >= HEAD_BYTES) await this.#start();
  }

  /** @throws whatever the sink failed with */
  async end(): Promise<DeliveredAttachment<T>> {
    const { meta, result } = this.#started ?? (await this.#start());
    this.#stream.end();
    const delivered = await result;
    return { ...meta, state: 'delivered', sizeBytes: this.#sizeBytes, sha256: this.#hash.digest('hex'), delivered };
  }

  /** Fails the stream and waits until the sink has let go of it; what it says then does not matter any more. */
  async fail(error: Error): Promise<void> {
    this.#stream.destroy(error);
    await this.#started?.result.catch(() => undefined);
  }

  async #start(): Promise<{ meta: AttachmentMeta; result: Promise<T> }> {
    const meta = { ...this.#announced, mediaType: mediaTypeOf(this.#head, this.#announced.name) };
    const result = Promise.resolve().then(() => this.#sink(meta, this.#stream));
    // a sink that is done early, well or badly, needs no more bytes
    result.then(
      () => this.#stream.destroy(),
      (error: unknown) => {
        this.#failure = { error };
        this.#stream.destroy();
      },
    );
    this.#started = { meta, result };
    await this.#pass(this.#head);
    return this.#started;
  }

  async #pass(chunk: Uint8Array): Promise<void> {
    const stream = this.#stream;
    if (!stream.destroyed && !stream.write(chunk)) {
      await new Promise<void>((resolve) => {
        const goOn = (): void => {
          stream.off('drain', goOn).off('close', goOn);
          resolve();
        };
        stream.on('drain', goOn).on('close', goOn);
      });
    }
    if (this.#failure) throw this.#failure.error;
  }
}
