import type { AnnouncedAttachment, BrokenAttachment, DeliveredAttachment } from '../attachments/attachment.ts';
import { AttachmentIntake } from '../attachments/intake.ts';
import type { IntakeOptions } from '../attachments/intake.ts';
import { LimitExceeded } from '../edxml.problems.ts';
import type { ReadLimits } from '../package/limits.ts';
import { localName, localPart } from '../xml/element.ts';
import type { Element } from '../xml/element.ts';
import type { MarkupHandler } from '../xml/markup-reader.ts';
import type { Reading } from './group.ts';
import { Group, said } from './group.ts';
import { Manifest } from './manifest.ts';
import { onlyOne, onlyValue } from './only-one.ts';
import { isAttachmentList, isManifest } from './parts.ts';
import { Trailing } from './trailing.ts';
import { bareContentId } from './values.ts';

interface OpenElement extends Element {
  readonly children: OpenElement[];
  /** Namespaces that the element itself declares, by prefix. */
  readonly declared: ReadonlyMap<string, string> | undefined;
  text: string;
  hasContent: boolean;
}

const CONTENT_NAMES: ReadonlySet<string> = new Set(['contenttransferencoded', 'attachmentdata', 'content']);

/** Older layouts and extras beside the standard's element: a file's extension, its type as the sender's system knows it. @source D8 */
const ATTACHMENT_TYPES = ['AttachmentType', 'FileType', 'MimeType'];

/** Children of the header that end up inside `From` or `To` when its end tag is missing. @source D4 */
const HEADER_GROUPS: ReadonlySet<string> = new Set(
  'from to documentid code promulgationinfo documenttype subject content signerinfo duedate otherinfo responsefor steeringtype responsefortask applicationtype toplaces staffinfo statuscode description timestamp'.split(
    ' ',
  ),
);

/**
 * Makes the small tree that headers are read from and sends contents of attachments on their way while the package is still arriving.
 */
export class Collector<T> implements MarkupHandler {
  readonly attachments: (DeliveredAttachment<T> | BrokenAttachment)[] = [];
  readonly #reading: Reading;
  readonly #options: IntakeOptions<T>;
  readonly #open: OpenElement[] = [];
  readonly #steps: (() => Promise<void>)[] = [];
  #root: OpenElement | undefined;
  #intake: AttachmentIntake<T> | undefined;
  #isRead = false;
  /** The content that the attachment on its way is made of; another one in the same attachment is none of it. */
  #content: OpenElement | undefined;
  #count = 0;
  #namespaces = 0;
  readonly #manifest = new Manifest();
  #manifestElement: Element | undefined;
  readonly #trailing: Trailing;

  constructor(reading: Reading, options: IntakeOptions<T>) {
    this.#reading = reading;
    this.#options = options;
    this.#trailing = new Trailing(reading, options.limits);
  }

  get root(): Element | undefined {
    return this.#root;
  }

  get manifest(): Manifest {
    return this.#manifest;
  }

  get isContent(): boolean {
    const element = this.#open.at(-1);
    return element !== undefined && this.#isContentOf(element, this.#open.at(-2));
  }

  open(written: string, attributes: Readonly<Record<string, string>>): void {
    const name = localName(written);
    const declared = declaredBy(attributes);
    this.#namespaces += declared?.size ?? 0;
    if (this.#namespaces > this.#options.limits.namespaces) this.#exceeded('namespaces');
    const prefix = prefixOf(written);
    const uriOf = (used: string): string | undefined =>
      declared?.get(used) ?? this.#open.findLast((outer) => outer.declared?.has(used))?.declared?.get(used);
    const uri = uriOf(prefix);
    const noteUndeclared = (used: string): void => {
      if (used === '' || OWN_PREFIXES.has(used) || uriOf(used) !== undefined) return;
      this.#reading.noteOnce('undeclared-prefix', undefined, used);
    };
    if (uri === undefined) noteUndeclared(prefix);
    for (const attribute of Object.keys(attributes)) noteUndeclared(prefixOf(attribute));
    const element: OpenElement = {
      name,
      written,
      uri,
      attributes,
      children: [],
      text: '',
      hasContent: false,
      declared,
    };
    this.#noteAttributes(element, uriOf);
    const parent = this.#parentOf(name);
    // an element inside a content is a fault of it and no part of the package
    if (!this.isContent) parent?.children.push(element);
    this.#root ??= element;
    this.#open.push(element);
    if (this.#isContentOf(element, parent) && parent) this.#beginContent(parent);
    // an element inside a content is no base64 and must not be read around
    else if (this.#open.at(-2) && this.#isContentOf(this.#open.at(-2) as Element, this.#open.at(-3))) {
      this.#steps.push(() => this.content('<'));
    }
  }

  close(): void {
    const element = this.#open.pop();
    if (element?.name === 'reference') this.#manifestElement ??= this.#open.findLast(isManifest);
    if (element?.name === 'reference' && this.#open.some((outer) => outer === this.#manifestElement)) {
      this.#manifest.add(element, this.#reading);
      if (this.#manifest.references.length > this.#options.limits.listedAttachments)
        this.#exceeded('listedAttachments');
    }
    if (element?.name === 'attachment' && this.#isInList()) this.#steps.push(() => this.#finishAttachment(element));
  }

  text(text: string): void {
    const element = this.#open.at(-1);
    if (!element) return;
    if (this.isContent) this.#steps.push(() => this.content(text));
    else element.text += text;
  }

  async content(text: string): Promise<void> {
    const element = this.#open.findLast((open, index) => this.#isContentOf(open, this.#open[index - 1]));
    if (!element) return;
    element.hasContent ||= text.trim() !== '';
    if (element.hasContent) this.#content ??= element;
    if (element === this.#content) await this.#intake?.write(text);
  }

  async settle(): Promise<void> {
    while (this.#steps.length > 0) await this.#steps.shift()?.();
  }

  repaired(name: string): void {
    this.#reading.note('markup-repaired', undefined, name);
  }

  declaredEncoding(encoding: string): void {
    if (!/^utf-?8$/i.test(encoding)) this.#reading.note('encoding-differs', undefined, encoding);
  }

  trailing(text: string): void {
    this.#trailing.add(text, this.#root?.written ?? '');
  }

  /** There is nothing more to come. */
  end(): void {
    this.#trailing.end(this.#root?.written ?? '');
  }

  /** Lets go of an attachment that was on its way when reading ended. */
  async abandon(cause: unknown): Promise<void> {
    await this.#intake?.abandon(cause);
  }

  /** The element that a new one belongs to: groups of the header never stand inside another party. */
  #parentOf(name: string): OpenElement | undefined {
    const parent = this.#open.at(-1);
    if ((parent?.name !== 'from' && parent?.name !== 'to') || !HEADER_GROUPS.has(name)) return parent;
    this.#reading.noteOnce('markup-repaired', undefined, parent.written);
    return this.#open.findLast((candidate) => candidate.name !== 'from' && candidate.name !== 'to');
  }

  #isContentOf(element: Element, parent: Element | undefined): boolean {
    return CONTENT_NAMES.has(element.name) && parent?.name === 'attachment' && this.#isInList();
  }

  #isInList(): boolean {
    return this.#open.some(isAttachmentList);
  }

  #beginContent(attachment: Element): void {
    if (this.#intake || this.#isRead) return;
    const announced = this.#announced(attachment);
    this.#isRead = true;
    if (this.#count >= this.#options.limits.attachments) return;
    this.#intake = new AttachmentIntake(announced, this.#options);
  }

  async #finishAttachment(element: Element): Promise<void> {
    const announced = this.#announced(element);
    const path = `Attachment[${announced.index}]`;
    this.#count += 1;
    if (this.#count > this.#options.limits.listedAttachments) this.#exceeded('listedAttachments');
    const intake = this.#intake;
    const isTooMany = this.#count > this.#options.limits.attachments;
    this.#isRead = false;
    this.#content = undefined;
    const contents = element.children.filter(({ name }) => CONTENT_NAMES.has(name));
    onlyOne(contents, `${path}.ContentTransferEncoded`, this.#reading);
    if (!intake) {
      const fault = isTooMany ? 'attachment-too-many' : 'attachment-empty';
      this.#reading.note(fault, path, announced.name);
      this.attachments.push({ ...announced, state: 'broken', fault });
      return;
    }
    const { attachment, isZipKept } = await intake.finish(announced);
    this.#intake = undefined;
    this.attachments.push(attachment);
    if (attachment.state === 'broken') this.#reading.note(attachment.fault, path, announced.name);
    else if (attachment.isUnwrapped) this.#reading.note('attachment-unwrapped', path, attachment.entryName);
    if (isZipKept) this.#reading.note('attachment-zip-kept', path, announced.name);
  }

  /** What the attachment and the manifest say of it so far. @source R7 @source D11 */
  #announced(element: Element): AnnouncedAttachment {
    const group = new Group(element, `Attachment[${this.#count}]`, this.#reading);
    const contentId = group.text('ContentId');
    const bare = contentId === undefined ? undefined : bareContentId(contentId);
    const listed = this.#manifest.withId(bare);
    const announced = {
      contentId: bare,
      name: group.text('AttachmentName', { alias: ['FileName'] }) ?? listed?.name,
      description: group.text('Description') ?? listed?.description,
      declaredType: group.text('ContentType', { otherwise: ATTACHMENT_TYPES }) ?? listed?.declaredType,
    };
    return { index: this.#count, ...said(announced) };
  }

  /** One attribute under two prefixes of the same namespace is well-formed XML and no name twice to who looks at prefixes. */
  #noteAttributes({ written, attributes }: Element, uriOf: (prefix: string) => string | undefined): void {
    const names = Object.keys(attributes).filter((name) => name.includes(':') && prefixOf(name) !== 'xmlns');
    if (names.length < 2) return;
    const values = new Map<string, string[]>();
    for (const name of names) {
      const expanded = `${uriOf(prefixOf(name)) ?? prefixOf(name)} ${localName(name)}`;
      values.set(expanded, [...(values.get(expanded) ?? []), attributes[name] ?? '']);
    }
    for (const [expanded, given] of values) {
      onlyValue(given, `${localPart(written)}@${expanded.slice(expanded.indexOf(' ') + 1)}`, this.#reading);
    }
  }

  #exceeded(limit: keyof ReadLimits): never {
    throw LimitExceeded({ limit, value: this.#options.limits[limit] });
  }
}

/** Prefixes that nobody has to declare. */
const OWN_PREFIXES: ReadonlySet<string> = new Set(['xml', 'xmlns']);

const prefixOf = (written: string): string => (written.includes(':') ? written.slice(0, written.indexOf(':')) : '');

/** Namespaces by prefix. Each element has its own only: copies of all that are in force grow with the square of the package. */
function declaredBy(attributes: Readonly<Record<string, string>>): ReadonlyMap<string, string> | undefined {
  const declared = Object.entries(attributes).filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  if (declared.length === 0) return undefined;
  return new Map(declared.map(([name, uri]) => [name.slice('xmlns:'.length), uri]));
}
