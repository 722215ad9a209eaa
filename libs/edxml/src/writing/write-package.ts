import type { InputFault } from '@qlvb/shared-domain';
import { createHash, randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { LIMITS, fileNameFault } from '@qlvb/records';
import { Base64Writer } from '../attachments/base64.ts';
import { extensionOf, isZip, mediaTypeByExtension } from '../attachments/media-type.ts';
import { zipOf } from '../attachments/zip-writer.ts';
import { AttachmentTooLarge, PackageInvalid } from '../edxml.problems.ts';
import type { DocumentPackage } from '../package/model.ts';
import { checkDocument } from './check-document.ts';
import { Envelope, writeDocumentHeader, writeTrace } from './document-markup.ts';
import { cleaned, Faults } from './faults.ts';
import { DEFAULT_NAMESPACE, Markup, PREFIX_NAMESPACE } from './markup.ts';

/** A file to send along. Its content is read once, in order, when its turn comes. */
export interface OutgoingAttachment {
  readonly name: string;
  readonly description?: string;
  readonly content: AsyncIterable<Uint8Array>;
  /** Unique within the package, without `cid:`; a random UUID when left out. The same one gives the same bytes. */
  readonly contentId?: string;
}

export interface WrittenAttachment {
  readonly contentId: string;
  readonly name: string;
  /** Size and hex digest of the file itself. */
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Sent inside a zip with one entry. */
  readonly isZipped: boolean;
}

export interface WrittenPackage {
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly attachments: readonly WrittenAttachment[];
}

export interface WriteOptions {
  /** The writer's clock: no document is issued in the future. */
  readonly now?: Date;
  /** Bytes that one attachment may have; what the reader takes by default. */
  readonly attachmentBytes?: number;
}

const MAGIC_BYTES = 4;
/** Sent as they are; the axis' library packs every other format, and its reader unpacks by the same list. */
const SENT_RAW: ReadonlySet<string> = new Set(['pdf', 'doc', 'docx', 'zip']);

/**
 * Writes a document package into `sink`, strictly as the standard and the axis' library have it, in memory that does not grow with the
 * attachments. Everything is checked before the first byte. The sink is ended when all is written and destroyed when anything fails.
 *
 * @returns size and digest of the package and of each attachment
 * @throws PackageInvalid with all faults; SecretRefused; AttachmentTooLarge; whatever a content or the sink fails with
 * @source R7
 */
export async function writeDocumentPackage(
  document: DocumentPackage,
  attachments: readonly OutgoingAttachment[],
  sink: Writable,
  options: WriteOptions = {},
): Promise<WrittenPackage> {
  const files = attachments.map((attachment) => ({ contentId: randomUUID() as string, ...attachment }));
  // an error that comes while nobody waits for the sink is found by the next write
  sink.on('error', () => undefined);
  try {
    checkDocument(document, options.now ?? new Date());
    checkAttachments(files);
    const output = new Output(sink);
    const markup = new Markup();
    writeEnvelope(markup, document, files);
    const written: WrittenAttachment[] = [];
    if (files.length > 0) markup.start('AttachmentEncoded');
    for (const file of files)
      written.push(
        await writeAttachment(output, markup, file, options.attachmentBytes ?? LIMITS.package.attachmentBytes),
      );
    if (files.length > 0) markup.end();
    markup.end();
    await output.write(markup.take());
    return { ...(await output.end()), attachments: written };
  } catch (error) {
    sink.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

type File = OutgoingAttachment & { readonly contentId: string };

function checkAttachments(files: readonly File[]): void {
  const faults = new Faults();
  const seen = new Set<string>();
  for (const [index, { name, description, contentId }] of files.entries()) {
    const path = 'AttachmentEncoded.Attachment';
    const pointer = `/attachments/${index}`;
    faults.text(name, `${path}.AttachmentName`, `${pointer}/name`, { limit: 'AttachmentName', isRequired: true });
    if (cleaned(name) !== '' && fileNameFault(cleaned(name) ?? ''))
      faults.add('T', `${path}.AttachmentName`, `${pointer}/name`);
    faults.text(description, `${path}.Description`, `${pointer}/description`, { limit: 'Description' });
    const isId = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,99}$/.test(contentId);
    if (!isId || seen.has(contentId)) faults.add(isId ? 'M' : 'T', `${path}.ContentId`, `${pointer}/contentId`);
    seen.add(contentId);
  }
  if (faults.list.length > 0) throw PackageInvalid({ count: faults.list.length }, { faults: faults.list });
}

/** The envelope; leaves the root element open. */
function writeEnvelope(markup: Markup, document: DocumentPackage, files: readonly File[]): void {
  const xml = new Envelope(markup);
  markup.declaration();
  markup.start('edXML', DEFAULT_NAMESPACE);
  markup.start('edXML:edXMLEnvelope', PREFIX_NAMESPACE);
  xml.group('edXMLHeader', () => {
    writeDocumentHeader(xml, document);
    writeTrace(xml, document);
  });
  markup.start('edXML:edXMLBody');
  markup.start('edXML:edXMLManifest', { version: '1.0' });
  for (const file of files) {
    xml.group('Reference', () => {
      xml.value('ContentId', `cid:${file.contentId}`);
      xml.value('ContentType', sentType(file.name));
      xml.value('Description', file.description);
      xml.value('AttachmentName', file.name);
    });
  }
  for (let open = 0; open < 3; open += 1) markup.end();
}

const isSentRaw = (name: string): boolean => SENT_RAW.has(extensionOf(name));
const sentType = (name: string): string =>
  (isSentRaw(name) ? mediaTypeByExtension(name) : undefined) ?? 'application/zip';

async function writeAttachment(
  output: Output,
  markup: Markup,
  file: File,
  limitBytes: number,
): Promise<WrittenAttachment> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of file.content) {
      sizeBytes += chunk.length;
      if (sizeBytes > limitBytes) throw AttachmentTooLarge({ name: file.name, limitBytes });
      hash.update(chunk);
      yield chunk;
    }
  };
  const { start, rest } = await peek(counted(), MAGIC_BYTES);
  if (start.length === 0) throw PackageInvalid({ count: 1 }, { faults: [emptyFault(file)] });
  // readers take the only entry out of a zip: a zip under another name has to be packed once more to survive that
  const isZipped = !isSentRaw(file.name) || (isZip(start) && !['zip', 'docx'].includes(extensionOf(file.name)));
  const extension = extensionOf(file.name);
  const entryName = extension === '' ? file.contentId : `${file.contentId}.${extension}`;
  const base64 = new Base64Writer();
  markup.start('Attachment');
  markup.value('ContentId', `cid:${file.contentId}`);
  markup.value('AttachmentName', cleaned(file.name));
  markup.value('Description', cleaned(file.description));
  markup.value('ContentType', isZipped ? 'application/zip' : sentType(file.name));
  await output.write(markup.startContent('edXML:ContentTransferEncoded', PREFIX_NAMESPACE));
  for await (const chunk of isZipped ? zipOf(entryName, rest) : rest) await output.write(base64.write(chunk));
  await output.write(base64.end());
  markup.endContent('edXML:ContentTransferEncoded');
  markup.end();
  return { contentId: file.contentId, name: file.name, sizeBytes, sha256: hash.digest('hex'), isZipped };
}

const emptyFault = (file: File): InputFault => ({
  code: 'N.AttachmentEncoded.Attachment.ContentTransferEncoded',
  pointer: '/package/attachments',
  detail: { vi: `Tệp rỗng: ${file.name}`, en: `Empty file: ${file.name}` },
});

/** The first bytes, and everything from the first byte on. */
async function peek(
  source: AsyncGenerator<Uint8Array>,
  bytes: number,
): Promise<{ start: Buffer; rest: AsyncGenerator<Uint8Array> }> {
  let start = Buffer.alloc(0);
  while (start.length < bytes) {
    const { value, done } = await source.next();
    if (done) break;
    start = Buffer.concat([start, value]);
  }
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    yield start;
    yield* source;
  };
  return { start, rest: rest() };
}

/** Writes text to the sink no faster than it takes it, counting and digesting. */
class Output {
  readonly #sink: Writable;
  readonly #hash = createHash('sha256');
  #sizeBytes = 0;

  constructor(sink: Writable) {
    this.#sink = sink;
  }

  async write(text: string): Promise<void> {
    if (text === '') return;
    const bytes = Buffer.from(text, 'utf8');
    this.#hash.update(bytes);
    this.#sizeBytes += bytes.length;
    if (!this.#sink.destroyed && !this.#sink.write(bytes)) await this.#drained();
    if (this.#sink.destroyed)
      throw this.#sink.errored ?? new Error('the sink was closed before the package was complete');
  }

  #drained(): Promise<void> {
    const sink = this.#sink;
    return new Promise((resolve) => {
      const goOn = (): void => {
        sink.off('drain', goOn).off('close', goOn);
        resolve();
      };
      sink.on('drain', goOn).on('close', goOn);
    });
  }

  async end(): Promise<{ sizeBytes: number; sha256: string }> {
    this.#sink.end();
    await finished(this.#sink, { readable: false });
    return { sizeBytes: this.#sizeBytes, sha256: this.#hash.digest('hex') };
  }
}
