import { Injectable } from '@nestjs/common';
import { AxisDocumentPackage, AxisStatusPackage } from '@qlvb/contracts';
import type { CloudEvent, DataOf } from '@qlvb/contracts';
import type { Tx } from '@qlvb/platform-database';
import type { Connector, PackageAnnounced, PackageToSend } from './connector.ts';

export const AXIS_QUEUE = 'axis-queue';

type OnAxis = DataOf<typeof AxisDocumentPackage> | DataOf<typeof AxisStatusPackage>;

/** The provincial axis by its queues: claim checks go through the outbox, the queue gives its receipt by bringing them. */
@Injectable()
export class AxisQueueConnector implements Connector {
  readonly channel = AXIS_QUEUE;

  handOver(tx: Tx, sent: PackageToSend): Promise<'underway'> {
    const { kind, inReplyTo, urgent, ...reference } = sent;
    const message = { ...reference, sentAt: tx.now.toISOString() };
    if (kind === 'document') tx.publish(AxisDocumentPackage, { ...message, urgent });
    else tx.publish(AxisStatusPackage, { ...message, inReplyTo: inReplyTo ?? sent.packageId });
    return Promise.resolve('underway');
  }
}

/** The envelope is what the queue knows of who put a message on it. */
export function announced({ data, source, agencyid }: CloudEvent<OnAxis>): PackageAnnounced {
  const { packageId, from, to, objectKey, sha256, sizeBytes, sentAt } = data;
  return {
    channel: AXIS_QUEUE,
    packageId,
    from,
    to,
    objectKey,
    sha256,
    sizeBytes,
    kind: 'inReplyTo' in data ? 'status' : 'document',
    inReplyTo: 'inReplyTo' in data ? data.inReplyTo : null,
    urgent: 'urgent' in data ? data.urgent : false,
    handedOverBy: `${source} ${agencyid}`,
    credentialsOf: agencyid,
    sentAt: momentOf(sentAt),
  };
}

/** A time that no calendar date of today's form tells is none. */
function momentOf(text: string): Date | null {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) || !/^\d{4}-/.test(moment.toISOString()) ? null : moment;
}
