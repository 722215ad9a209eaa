import type { AnnouncedAttachment, BrokenAttachment, DeliveredAttachment } from '../attachments/attachment.ts';
import { AttachmentIntake } from '../attachments/intake.ts';
import type { IntakeOptions } from '../attachments/intake.ts';
import { LimitExceeded } from '../edxml.problems.ts';
import type { ReadLimits } from '../package/limits.ts';
import { localName } from '../xml/element.ts';
import type { Element } from '../xml/element.ts';
import type { MarkupHandler } from '../xml/markup-reader.ts';
import type { Reading } from './group.ts';
import { said } from './group.ts';
import { isManifest, Manifest } from './manifest.ts';
import { bareContentId, valueOf } from './values.ts';

interface OpenElement extends Element {
  readonly children: OpenElement[];
  /** Namespaces that the element itself declares, by prefix. */
  readonly declared: ReadonlyMap<string, string> | undefined;
  text: string;
}

/** Lists of attachments, in the standard's layout and in older ones. @source D8 */
const ATTACHMENT_LISTS: ReadonlySet<string> = new Set([
  'attachmentencoded',
  'edxmlattachments',
  'manifest',
  'edxmlmanifest',
]);
const CONTENT_NAMES: ReadonlySet<string> = new Set(['contenttransferencoded', 'attachmentdata', 'content']);

/** Children of the header that end up inside `From` or `To` when its end tag is missing. @source D4 */
const HEADER_GROUPS: ReadonlySet<string> = new Set(
  'from to documentid code promulgationinfo documenttype subject signerinfo duedate otherinfo responsefor steeringtype toplaces staffinfo statuscode timestamp'.split(
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
  #count = 0;
  #namespaces = 0;
  readonly #manifest = new Manifest();
  #manifestElement: Element | undefined;

  constructor(reading: Reading, options: IntakeOptions<T>) {
    this.#reading = reading;
    this.#options = options;
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
    const element: OpenElement = { name, written, uri, attributes, children: [], text: '', declared };
    if (isManifest(element)) this.#manifestElement ??= element;
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
    if (element?.name === 'reference' && this.#open.some((outer) => outer === this.#manifestElement)) {
      this.#manifest.add(element);
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
    await this.#intake?.write(text);
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
    if (text.trim() !== '') this.#reading.noteOnce('trailing-content-ignored');
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
    return this.#open.some(({ name }) => ATTACHMENT_LISTS.has(name));
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
    const own = (...names: readonly string[]): string | undefined => {
      const found = element.children.find((candidate) => names.includes(candidate.name));
      return found && valueOf(found.text);
    };
    const contentId = own('contentid');
    const bare = contentId === undefined ? undefined : bareContentId(contentId);
    const listed = this.#manifest.withId(bare);
    const announced = {
      contentId: bare,
      name: own('attachmentname', 'filename') ?? listed?.name,
      description: own('description') ?? listed?.description,
      declaredType: own('contenttype', 'attachmenttype', 'filetype', 'mimetype') ?? listed?.declaredType,
    };
    return { index: this.#count, ...said(announced) };
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
