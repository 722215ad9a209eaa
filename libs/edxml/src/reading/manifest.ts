import type {
  BrokenAttachment,
  DeliveredAttachment,
  ListedAttachment,
  ReceivedAttachment,
} from '../attachments/attachment.ts';
import { mediaTypeByExtension } from '../attachments/media-type.ts';
import { find, findAll } from '../xml/element.ts';
import type { Element } from '../xml/element.ts';
import { said } from './group.ts';
import type { Reading } from './group.ts';
import { bareContentId, valueOf } from './values.ts';

/** The References of the manifest, in their order. Content ids stand without any `cid:`. */
export function listedAttachments(root: Element | undefined): ListedAttachment[] {
  const manifest = find(root, ({ name }) => name === 'edxmlmanifest' || name === 'manifest');
  return findAll(manifest, ({ name }) => name === 'reference').map((reference) => {
    const own = (wanted: string): string | undefined => {
      const found = reference.children.find(({ name }) => name === wanted);
      return found && valueOf(found.text);
    };
    const contentId = own('contentid') ?? valueOf(reference.attributes['xlink:href'] ?? '');
    return said({
      contentId: contentId === undefined ? undefined : bareContentId(contentId),
      name: own('attachmentname'),
      description: own('description'),
      declaredType: own('contenttype'),
    });
  });
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
  listed: readonly ListedAttachment[],
  reading: Reading,
): ReceivedAttachment<T>[] {
  const came = new Set<string>();
  for (const { contentId, index } of attachments) {
    if (contentId === undefined) continue;
    if (came.has(contentId)) reading.note('attachment-content-id-repeated', `Attachment[${index}]`, contentId);
    came.add(contentId);
  }
  for (const { contentId, name } of listed) {
    const isThere = contentId === undefined ? attachments.some((each) => each.name === name) : came.has(contentId);
    if (!isThere) reading.note('attachment-missing', 'edXMLManifest.Reference', name ?? contentId);
  }
  return attachments.map((attachment) => {
    const path = `Attachment[${attachment.index}]`;
    const reference = listed.find(
      ({ contentId, name }) => (contentId ?? `name ${name}`) === (attachment.contentId ?? `name ${attachment.name}`),
    );
    if (!reference && listed.length > 0) reading.note('attachment-unlisted', path, attachment.name);
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
