import type { Tx } from '@qlvb/platform-database';

/** A package as a channel carries it. */
export interface PackageToSend {
  readonly packageId: string;
  readonly kind: 'document' | 'status';
  readonly from: string;
  readonly to: string;
  readonly objectKey: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly urgent: boolean;
  /** The document package that a status answers. */
  readonly inReplyTo: string | null;
}

/** What a channel says of a package that it brings. */
export interface PackageAnnounced extends PackageToSend {
  readonly channel: string;
  /** Who gave it to the channel, by what he proved to it. */
  readonly handedOverBy: string;
  /** The agency whose credentials these are, where the channel knows; a sender it names must be that one. */
  readonly credentialsOf: string | undefined;
  readonly sentAt: Date | null;
}

export const CONNECTOR = Symbol('connector');

/** A way to the agencies of other systems. */
export interface Connector {
  readonly channel: string;
  /**
   * Hands a package over, within the transaction that writes it down.
   *
   * @returns `taken` when the peer has it; `underway` when its receipt comes by itself, later
   */
  handOver(tx: Tx, sent: PackageToSend): Promise<'taken' | 'underway'>;
}
