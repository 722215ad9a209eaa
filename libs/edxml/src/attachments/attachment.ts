import type { Readable } from 'node:stream';
import type { FindingCode } from '../package/findings.ts';

/** What is known of an attachment when its bytes begin to flow. */
export interface AttachmentMeta {
  /** Place among the attachments of the package, from 0. */
  readonly index: number;
  /** Without any leading `cid:`. */
  readonly contentId?: string;
  /** File name, composed; from the manifest when the attachment itself has none. Not made safe for a file system. */
  readonly name?: string;
  readonly description?: string;
  /** What the sender says it is. */
  readonly declaredType?: string;
  /** What the bytes and the extension say it is. */
  readonly mediaType: string;
  /** The bytes were taken out of a zip with one entry. */
  readonly isUnwrapped: boolean;
  /** Name of that entry: kept for the record, never to be used as a file name. */
  readonly entryName?: string;
}

/** The part that the package itself says. */
export type AnnouncedAttachment = Omit<AttachmentMeta, 'mediaType' | 'isUnwrapped' | 'entryName'>;

/**
 * Takes the bytes of one attachment, decoded and unwrapped. The stream fails with `edxml.attachment-broken` when the content turns out
 * to be broken on the way, and whatever was stored by then must be dropped. What the sink returns stands in the result as `delivered`.
 */
export type AttachmentSink<T> = (meta: AttachmentMeta, stream: Readable) => Promise<T> | T;

/** An attachment as it ended up in the sink. */
export interface DeliveredAttachment<T> extends AttachmentMeta {
  readonly state: 'delivered';
  readonly sizeBytes: number;
  /** Hex digest of the delivered bytes. */
  readonly sha256: string;
  /** What the sink returned. */
  readonly delivered: T;
}

export interface BrokenAttachment extends AnnouncedAttachment {
  readonly state: 'broken';
  readonly fault: FindingCode;
}

export type ReceivedAttachment<T> = (DeliveredAttachment<T> | BrokenAttachment) & {
  /** Listed in the manifest. */
  readonly isListed: boolean;
};

/** One Reference of the manifest. */
export interface ListedAttachment {
  readonly contentId?: string;
  readonly name?: string;
  readonly description?: string;
  readonly declaredType?: string;
}

/** The content of one attachment cannot be used. */
export class BrokenContent extends Error {
  override readonly name = 'BrokenContent';
  readonly fault: FindingCode;

  constructor(fault: FindingCode, options?: { cause?: unknown }) {
    super(fault, options);
    this.fault = fault;
  }
}
