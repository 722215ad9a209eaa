import { AttachmentBroken } from '../edxml.problems.ts';
import type { FindingCode } from '../package/findings.ts';
import type { ReadLimits } from '../package/limits.ts';
import { BrokenContent } from './attachment.ts';
import type { AnnouncedAttachment, AttachmentSink, BrokenAttachment, DeliveredAttachment } from './attachment.ts';
import { Base64Reader } from './base64.ts';
import { Delivery } from './delivery.ts';
import { isZip } from './media-type.ts';
import { Spool } from './spool.ts';
import { inspectZip } from './wrapped-zip.ts';

export interface IntakeOptions<T> {
  readonly sink: AttachmentSink<T>;
  readonly limits: ReadLimits;
  readonly spoolFolder?: string;
}

/** Bytes that tell whether a content is a zip. */
const MAGIC_BYTES = 4;

/**
 * Takes in the content of one attachment. Bytes flow straight to the sink, except those of a zip and those of an attachment whose name has
 * not been read yet: they wait in a temporary file. A fault ends this attachment and nothing else.
 *
 * @source R7
 */
export class AttachmentIntake<T> {
  readonly #options: IntakeOptions<T>;
  readonly #announced: AnnouncedAttachment;
  readonly #base64 = new Base64Reader();
  /** First bytes, kept until there are enough of them to choose the way. */
  #start: Buffer | undefined = Buffer.alloc(0);
  #sizeBytes = 0;
  #spool: Spool | undefined;
  #delivery: Delivery<T> | undefined;
  #fault: FindingCode | undefined;

  constructor(announced: AnnouncedAttachment, options: IntakeOptions<T>) {
    this.#announced = announced;
    this.#options = options;
  }

  /** @param text a piece of base64 */
  async write(text: string): Promise<void> {
    if (this.#fault) return;
    await this.#guarded(async () => {
      const bytes = this.#base64.read(text);
      this.#sizeBytes += bytes.length;
      if (this.#sizeBytes > this.#options.limits.attachmentBytes) throw new BrokenContent('attachment-too-large');
      await this.#take(bytes);
    });
  }

  /** @param announced what the package says of the attachment, now that all of it was read */
  async finish(
    announced: AnnouncedAttachment,
  ): Promise<{ attachment: DeliveredAttachment<T> | BrokenAttachment; isZipKept: boolean }> {
    let isZipKept = false;
    const attachment = await this.#guarded(async () => {
      this.#base64.end();
      if (this.#sizeBytes === 0) throw new BrokenContent('attachment-empty');
      if (this.#start) await this.#choose(this.#start, announced.name !== undefined);
      if (!this.#spool) return this.#delivery?.end();
      const zip = await this.#inspect(this.#spool, announced.name);
      isZipKept = zip?.kind === 'several';
      return zip?.kind === 'one-file'
        ? this.#pour(zip.bytes, { ...announced, isUnwrapped: true, entryName: zip.entryName })
        : this.#pour(this.#spool.read(), { ...announced, isUnwrapped: false });
    });
    await this.#dropSpool();
    if (attachment) return { attachment, isZipKept };
    return { attachment: { ...announced, state: 'broken', fault: this.#fault ?? 'attachment-empty' }, isZipKept };
  }

  /** Gives the attachment up because reading has come to an early end. */
  async abandon(cause: unknown): Promise<void> {
    await this.#delivery?.fail(AttachmentBroken({ fault: 'package' }, { cause }));
    await this.#dropSpool();
  }

  async #take(bytes: Buffer): Promise<void> {
    if (this.#start) {
      this.#start = Buffer.concat([this.#start, bytes]);
      if (this.#start.length >= MAGIC_BYTES) await this.#choose(this.#start, this.#announced.name !== undefined);
    } else if (this.#spool) await this.#spool.write(bytes);
    else await this.#delivery?.write(bytes);
  }

  /** Straight to the sink, or into a temporary file. */
  async #choose(start: Buffer, isNameKnown: boolean): Promise<void> {
    this.#start = undefined;
    if (isZip(start) || !isNameKnown) this.#spool = await Spool.open(this.#options.spoolFolder);
    else this.#delivery = new Delivery({ ...this.#announced, isUnwrapped: false }, this.#options.sink);
    await this.#take(start);
  }

  async #inspect(spool: Spool, name: string | undefined): Promise<Awaited<ReturnType<typeof inspectZip>> | undefined> {
    const start = Buffer.alloc(MAGIC_BYTES);
    await spool.file.read(start, 0, MAGIC_BYTES, 0);
    return isZip(start) ? inspectZip(spool.file, name, this.#options.limits) : undefined;
  }

  async #pour(
    source: AsyncIterable<Buffer>,
    announced: ConstructorParameters<typeof Delivery<T>>[0],
  ): Promise<DeliveredAttachment<T>> {
    this.#delivery = new Delivery(announced, this.#options.sink);
    for await (const chunk of source) await this.#delivery.write(chunk);
    return this.#delivery.end();
  }

  /** Runs a step; a broken content is remembered, everything else (the sink, the disk) is the caller's trouble. */
  async #guarded<R>(step: () => Promise<R>): Promise<R | undefined> {
    if (this.#fault) return undefined;
    try {
      return await step();
    } catch (error) {
      const fault = error instanceof BrokenContent ? error.fault : undefined;
      await this.#delivery?.fail(AttachmentBroken({ fault: fault ?? 'sink' }, { cause: error }));
      await this.#dropSpool();
      if (fault === undefined) throw error;
      this.#fault = fault;
      return undefined;
    }
  }

  async #dropSpool(): Promise<void> {
    const spool = this.#spool;
    this.#spool = undefined;
    await spool?.remove();
  }
}
