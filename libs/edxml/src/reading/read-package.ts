import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { DomainError } from '@qlvb/shared-domain';
import type { AttachmentSink, ReceivedAttachment } from '../attachments/attachment.ts';
import {
  DoctypeRefused,
  HeaderMissing,
  LimitExceeded,
  NotUtf8,
  NotWellFormed,
  NotXml,
  Truncated,
} from '../edxml.problems.ts';
import type { Finding } from '../package/findings.ts';
import { DEFAULT_READ_LIMITS } from '../package/limits.ts';
import type { ReadLimits } from '../package/limits.ts';
import type { ReceivedDocument, ReceivedStatus } from '../package/model.ts';
import { EDXML_NAMESPACE } from '../package/namespace.ts';
import { childrenOf, find } from '../xml/element.ts';
import type { Element } from '../xml/element.ts';
import { MarkupReader } from '../xml/markup-reader.ts';
import { Utf8Reader } from '../xml/utf8.ts';
import { Collector } from './collector.ts';
import { Group, Reading } from './group.ts';
import { joinManifest, Manifest } from './manifest.ts';
import { anyHeader, Parts } from './parts.ts';
import { readDocument } from './read-document.ts';
import { readSignatureBlock } from './signature-block.ts';
import type { SignatureBlock } from './signature-block.ts';
import { readStatus } from './read-status.ts';
import { noteSecrecy } from './secrecy.ts';
import { valueOf } from './values.ts';

/** Kinds of packages in the words of the axis (`messagetype`). */
export type PackageKind = 'edoc' | 'status';

export interface ReadOptions<T> {
  /** Where attachments go. Without it they are decoded, checked, digested and dropped. */
  readonly onAttachment?: AttachmentSink<T>;
  readonly limits?: Partial<ReadLimits>;
  /** What the axis called the package; a difference is noted and the content decides. */
  readonly announcedKind?: PackageKind;
  /** Folder for the temporary files of zipped attachments; that of the operating system by default. */
  readonly spoolFolder?: string;
  /** The reader's clock, which bounds dates. */
  readonly now?: Date;
}

interface ReadBase<T> {
  readonly findings: readonly Finding[];
  readonly attachments: readonly ReceivedAttachment<T>[];
  readonly signature: SignatureBlock;
  /** Size and hex digest of the package as received. */
  readonly sizeBytes: number;
  readonly sha256: string;
}

export type ReadResult<T> =
  | (ReadBase<T> & { readonly kind: 'edoc'; readonly package: ReceivedDocument })
  | (ReadBase<T> & { readonly kind: 'status'; readonly package: ReceivedStatus })
  | {
      readonly kind: 'unreadable';
      /** Why; to be kept with the raw file for a person to look at. */
      readonly problem: DomainError;
      readonly findings: readonly Finding[];
      /** Attachments that had reached the sink before reading ended: to be dropped. */
      readonly attachments: readonly ReceivedAttachment<T>[];
    };

/** What content alone can cause; everything else that is thrown (the source, the sink, the disk) is passed on. */
const CONTENT_PROBLEMS = [NotXml, NotUtf8, DoctypeRefused, NotWellFormed, Truncated, LimitExceeded, HeaderMissing];
/** How far the first tag may be from the start of the file. */
const LONGEST_RUBBISH = 64 * 1024;

/**
 * Reads a package from a stream, whatever its kind, in memory that does not grow with its attachments: each of them flows to `onAttachment`
 * while the package is still arriving.
 *
 * Content never makes this throw. Oddities become findings with stable codes; a package that cannot be read at all gives
 * `kind: 'unreadable'` with the problem. What is thrown comes from the source stream, the sink or the disk.
 *
 * @source R1
 * @source R3
 * @source R13
 */
export async function readPackage<T = undefined>(
  source: Readable | AsyncIterable<Uint8Array>,
  options: ReadOptions<T> = {},
): Promise<ReadResult<T>> {
  const limits = { ...DEFAULT_READ_LIMITS, ...options.limits };
  const reading = new Reading(options.now ?? new Date(), limits);
  const collector = new Collector<T>(reading, {
    sink: options.onAttachment ?? dropAttachment,
    limits,
    ...(options.spoolFolder === undefined ? {} : { spoolFolder: options.spoolFolder }),
  });
  try {
    const { sizeBytes, sha256 } = await readMarkup(source, collector, reading, limits);
    const root = collector.root;
    const parts = root && new Parts(root, reading);
    const header = parts?.get('MessageHeader') ?? anyHeader(root);
    if (!root || !parts || !header) throw HeaderMissing();
    noteRoot(root, header, reading);
    const attachments = joinManifest(collector.attachments, collector.manifest, reading);
    const signature = readSignatureBlock(root, reading);
    const common = { attachments, signature, sizeBytes, sha256 };
    const kind = kindOf(header);
    if (options.announcedKind !== undefined && options.announcedKind !== kind) {
      reading.note('kind-differs', undefined, options.announcedKind);
    }
    const group = new Group(header, 'MessageHeader', reading);
    noteSecrecy(root, reading);
    if (kind === 'status') {
      const status = readStatus(group);
      return { kind, package: status, ...common, findings: reading.findings };
    }
    const document = readDocument(root, group, parts);
    return { kind, package: document, ...common, findings: reading.findings };
  } catch (error) {
    await collector.abandon(error);
    const problem = CONTENT_PROBLEMS.some((factory) => factory.is(error)) ? (error as DomainError) : undefined;
    if (!problem) throw error;
    // a package that breaks off is kept for a person to look at, unless what came of it says that it must not be
    if (collector.root) noteSecrecy(collector.root, reading);
    const attachments = joinManifest(collector.attachments, new Manifest(), reading);
    return { kind: 'unreadable', problem, findings: reading.findings, attachments };
  }
}

/** Everything is read and digested, nothing kept. */
async function dropAttachment<T>(_meta: unknown, stream: Readable): Promise<T> {
  for await (const _chunk of stream);
  return undefined as T;
}

async function readMarkup<T>(
  source: AsyncIterable<Uint8Array>,
  collector: Collector<T>,
  reading: Reading,
  limits: ReadLimits,
): Promise<{ sizeBytes: number; sha256: string }> {
  const utf8 = new Utf8Reader();
  const markup = new MarkupReader(collector, limits);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  /** What precedes the first tag; undefined once that was found. */
  let rubbish: string | undefined = '';
  const take = async (text: string): Promise<void> => {
    if (rubbish === undefined) return markup.write(text);
    rubbish += text;
    const start = rubbish.indexOf('<');
    if (start < 0) {
      if (rubbish.length > LONGEST_RUBBISH) throw NotXml();
      return;
    }
    const rest = rubbish.slice(start);
    if (rubbish.startsWith('\ufeff')) reading.note('byte-order-mark');
    if (rubbish.slice(0, start).replace('\ufeff', '') !== '') reading.note('leading-bytes-cut');
    rubbish = undefined;
    await markup.write(rest);
  };
  for await (const chunk of source) {
    sizeBytes += chunk.length;
    if (sizeBytes > limits.packageBytes) throw LimitExceeded({ limit: 'packageBytes', value: limits.packageBytes });
    hash.update(chunk);
    await take(utf8.read(chunk));
  }
  await take(utf8.end());
  markup.end();
  collector.end();
  return { sizeBytes, sha256: hash.digest('hex') };
}

/** By content, not by what the axis calls it. @source R4 @source D17 */
function kindOf(header: Element): PackageKind {
  const isThere = (name: string): boolean => childrenOf(header, name).some(({ text }) => valueOf(text) !== undefined);
  return isThere('statuscode') && !isThere('subject') ? 'status' : 'edoc';
}

/** @source D5 @source D6 @source D20 */
function noteRoot(root: Element, header: Element, reading: Reading): void {
  if (root.written !== 'edXML') reading.note('unusual-root', undefined, root.written);
  if (header.uri !== undefined && header.uri !== EDXML_NAMESPACE)
    reading.note('foreign-namespace', undefined, header.uri);
  if (header.name === 'status') reading.noteOnce('alias-name', 'MessageHeader', header.written);
  const body = find(root, ({ name }) => name === 'edxmlbody' || name === 'body');
  for (const part of body?.children ?? []) {
    if (!['edxmlmanifest', 'manifest', 'edxmlattachments', 'attachmentencoded'].includes(part.name)) {
      reading.note('foreign-payload', 'edXMLBody', part.written);
    }
  }
}
