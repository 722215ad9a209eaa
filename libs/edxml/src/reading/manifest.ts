import type {
  BrokenAttachment,
  DeliveredAttachment,
  ListedAttachment,
  ReceivedAttachment,
} from '../attachments/attachment.ts';
import { mediaTypeByExtension } from '../attachments/media-type.ts';
import type { Element } from '../xml/element.ts';
import { said } from './group.ts';
import type { Reading } from './group.ts';
import { bareContentId, valueOf } from './values.ts';

export const isManifest = ({ name }: Element): boolean => name === 'edxmlmanifest' || name === 'manifest';

/** The References of the manifest, in their order; found by content id or name, the first of each. */
export class Manifest {
  readonly references: ListedAttachment[] = [];
  readonly #byId = new Map<string, ListedAttachment>();
  /** Those without a content id. */
  readonly #byName = new Map<string | undefined, ListedAttachment>();

  /** Takes in a Reference that has been read to its end. Content ids stand without any `cid:`. */
  add(reference: Element): void {
    const own = (wanted: string): string | undefined => {
      const found = reference.children.find(({ name }) => name === wanted);
      return found && valueOf(found.text);
    };
    const contentId = own('contentid') ?? valueOf(reference.attributes['xlink:href'] ?? '');
    const listed: ListedAttachment = said({
      contentId: contentId === undefined ? undefined : bareContentId(contentId),
      name: own('attachmentname'),
      description: own('description'),
      declaredType: own('contenttype'),
    });
    this.references.push(listed);
    if (listed.contentId === undefined) {
      if (!this.#byName.has(listed.name)) this.#byName.set(listed.name, listed);
    } else if (!this.#byId.has(listed.contentId)) this.#byId.set(listed.contentId, listed);
  }

  withId(contentId: string | undefined): ListedAttachment | undefined {
    return contentId === undefined ? undefined : this.#byId.get(contentId);
  }

  /** The one that means an attachment: by content id, or by name where neither has one. */
  referenceTo({ contentId, name }: { contentId?: string; name?: string }): ListedAttachment | undefined {
    return contentId === undefined ? this.#byName.get(name) : this.#byId.get(contentId);
  }
}

/**
 * Compares what came with what the manifest lists. Attachments without a reference count all the same.
 *
 * @source R7
 * @source D10
 * @source D11
 */
export function joinManifest<T>(
  attachments: readonly (DeliveredAttachment<T> | BrokenAttachment)[],
  manifest: Manifest,
  reading: Reading,
): ReceivedAttachment<T>[] {
  const came = new Set<string>();
  const names = new Set(attachments.map(({ name }) => name));
  for (const { contentId, index } of attachments) {
    if (contentId === undefined) continue;
    if (came.has(contentId)) reading.note('attachment-content-id-repeated', `Attachment[${index}]`, contentId);
    came.add(contentId);
  }
  for (const { contentId, name } of manifest.references) {
    const isThere = contentId === undefined ? names.has(name) : came.has(contentId);
    if (!isThere) reading.note('attachment-missing', 'edXMLManifest.Reference', name ?? contentId);
  }
  return attachments.map((attachment) => {
    const path = `Attachment[${attachment.index}]`;
    const reference = manifest.referenceTo(attachment);
    if (!reference && manifest.references.length > 0) reading.note('attachment-unlisted', path, attachment.name);
    if (attachment.name === undefined) reading.note('attachment-unnamed', path, attachment.contentId);
    noteType(attachment, reference, reading, path);
    return { ...attachment, isListed: reference !== undefined };
  });
}

function noteType<T>(
  attachment: DeliveredAttachment<T> | BrokenAttachment,
  reference: ListedAttachment | undefined,
  reading: Reading,
  path: string,
): void {
  const { declaredType } = attachment;
  const listedType = reference?.declaredType;
  if (listedType !== undefined && declaredType !== undefined && listedType !== declaredType) {
    reading.note('attachment-type-differs', `${path}.ContentType`, `${listedType}, ${declaredType}`);
  }
  if (attachment.state === 'broken') return;
  const promisedType = mediaTypeByExtension(attachment.name);
  if (promisedType !== undefined && promisedType !== attachment.mediaType) {
    reading.note('attachment-type-differs', `${path}.AttachmentName`, `${promisedType}, ${attachment.mediaType}`);
  }
  if (declaredType === undefined) return;
  // a zip is declared as one because the axis' library packs that way
  const isPacking = attachment.isUnwrapped && declaredType === 'application/zip';
  if (!isPacking && declaredType !== attachment.mediaType) {
    reading.note('attachment-type-differs', `${path}.ContentType`, `${declaredType}, ${attachment.mediaType}`);
  }
}
