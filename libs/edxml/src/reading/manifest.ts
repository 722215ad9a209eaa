import { isDeepStrictEqual } from 'node:util';
import type {
  BrokenAttachment,
  DeliveredAttachment,
  ListedAttachment,
  ReceivedAttachment,
} from '../attachments/attachment.ts';
import { mediaTypeByExtension } from '../attachments/media-type.ts';
import type { Element } from '../xml/element.ts';
import { Group, said } from './group.ts';
import type { Reading } from './group.ts';
import { hrefsOf, noteAmbiguous, onlyValue } from './only-one.ts';
import { bareContentId } from './values.ts';

/** The References of the manifest, in their order; found by content id or name, the first of each. */
export class Manifest {
  readonly references: ListedAttachment[] = [];
  readonly #byId = new Map<string, ListedAttachment>();
  /** Those without a content id. */
  readonly #byName = new Map<string | undefined, ListedAttachment>();

  /** Takes in a Reference that has been read to its end. Content ids stand without any `cid:`. */
  add(reference: Element, reading: Reading): void {
    const path = 'edXMLManifest.Reference';
    const group = new Group(reference, path, reading);
    const ids = [group.text('ContentId') ?? [], hrefsOf(reference)].flat();
    const listed: ListedAttachment = said({
      contentId: onlyValue(ids.map(bareContentId), `${path}.ContentId`, reading),
      name: group.text('AttachmentName'),
      description: group.text('Description'),
      declaredType: group.text('ContentType'),
    });
    this.references.push(listed);
    if (listed.contentId === undefined) {
      if (!this.#byName.has(listed.name)) this.#byName.set(listed.name, listed);
      return;
    }
    const same = this.#byId.get(listed.contentId);
    if (!same) this.#byId.set(listed.contentId, listed);
    else if (isDeepStrictEqual(same, listed)) reading.noteOnce('element-repeated', path, listed.contentId);
    else noteAmbiguous(reading, path, ...[same, listed].map(({ contentId, name }) => `${contentId} ${name ?? ''}`));
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
  const came = new Map<string, DeliveredAttachment<T> | BrokenAttachment>();
  const names = new Set(attachments.map(({ name }) => name));
  for (const attachment of attachments) {
    const { contentId, index } = attachment;
    if (contentId === undefined) continue;
    const same = came.get(contentId);
    if (!same) came.set(contentId, attachment);
    else if (isSame(same, attachment)) reading.note('attachment-content-id-repeated', `Attachment[${index}]`, contentId);
    else noteAmbiguous(reading, `Attachment[${index}].ContentId`, `${contentId} ${same.name ?? ''}`, `${contentId} ${attachment.name ?? ''}`); // prettier-ignore
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
    noteName(attachment, reference, reading, path);
    noteType(attachment, reference, reading, path);
    return { ...attachment, isListed: reference !== undefined };
  });
}

/** Proved by name and digest. */
const isSame = <T>(one: DeliveredAttachment<T> | BrokenAttachment, other: typeof one): boolean =>
  one.state === 'delivered' && other.state === 'delivered' && one.name === other.name && one.sha256 === other.sha256;

function noteName<T>(
  { name }: DeliveredAttachment<T> | BrokenAttachment,
  reference: ListedAttachment | undefined,
  reading: Reading,
  path: string,
): void {
  if (reference?.name === undefined || name === undefined || reference.name === name) return;
  reading.note('attachment-name-differs', `${path}.AttachmentName`, `${reference.name}, ${name}`);
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
