import { Inject, Injectable } from '@nestjs/common';
import type { Recipient } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { AttachmentTooLarge, PackageInvalid, SecretRefused } from '@qlvb/edxml';
import { sendFailureOf } from '@qlvb/exchange-domain';
import type { SendFailure } from '@qlvb/exchange-domain';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { failPoint } from '@qlvb/platform-faults';
import { JobFailed, Jobs, OnJob, OnJobFailed } from '@qlvb/platform-jobs';
import type { Job, JobFailure } from '@qlvb/platform-jobs';
import { FileTooLarge, ObjectCorrupt, ObjectMissing } from '@qlvb/platform-storage';
import type { StoredObject } from '@qlvb/platform-storage';
import { idFrom } from '@qlvb/shared-domain';
import { CONNECTOR } from '../connectors/connector.ts';
import type { Connector } from '../connectors/connector.ts';
import { Delivery } from '../deliveries/delivery.entities.ts';
import { DeliveryLedger } from '../deliveries/delivery-ledger.ts';
import { FailedDeliveries } from '../deliveries/failed-deliveries.ts';
import { Dispatch } from './dispatch.entity.ts';
import type { Issued } from './dispatch.entity.ts';
import { identifierOf, PackageWriter } from './package-writer.ts';
import { SendPackage } from './send-package.job.ts';
import { SentPackageEntity } from './sent-package.entity.ts';

/** An issued document goes out: one row and one piece of work for each recipient, none of which knows of the others. */
@Injectable()
export class SendingService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(PackageWriter) private readonly writer: PackageWriter,
    @Inject(DeliveryLedger) private readonly deliveries: DeliveryLedger,
    @Inject(FailedDeliveries) private readonly failures: FailedDeliveries,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(CONNECTOR) private readonly connector: Connector,
  ) {}

  /** @source QĐ28-A10-1 @source QĐ28-A6-4 */
  async dispatch(issued: Issued): Promise<void> {
    await this.database.command(async (tx) => {
      const { documentId } = issued;
      if (await tx.manager.existsBy(Dispatch, { documentId })) return;
      await tx.manager.insert(Dispatch, {
        agencyId: tx.agencyId,
        documentId,
        createdAt: tx.now,
        issued: issued as never,
      });
      for (const recipient of issued.recipients) {
        if (!recipient.agencyCode) continue;
        const delivery = opened(tx, issued, recipient, recipient.agencyCode);
        await this.deliveries.open(tx, delivery);
        await this.jobs.enqueue(
          tx,
          SendPackage,
          { deliveryId: delivery.id },
          { key: delivery.id, urgent: delivery.urgent },
        );
      }
    });
  }

  /**
   * Writes one package and hands it over. What no repetition would mend is told to the sender at once.
   *
   * @throws JobFailed
   * @source EX-TIME-1
   */
  @OnJob(SendPackage)
  async send({ data }: Job<typeof SendPackage>): Promise<void> {
    const found = await this.#begin(data.deliveryId);
    if (!found) return;
    const { delivery, issued } = found;
    const recipient = issued.recipients.find(({ recipientId }) => recipientId === delivery.recipientId);
    if (!recipient || !(await this.directory.agencyByCode(delivery.recipientCode))) {
      throw new JobFailed('recipient-not-on-axis' satisfies SendFailure, '');
    }
    try {
      const object = await this.writer.write(issued, recipient, delivery.recipientCode);
      await failPoint('exchange:after-package-stored');
      await this.#handOver(delivery, issued, object);
    } catch (error) {
      const { code, isFinal } = failureOf(error);
      throw new JobFailed(code, detailOf(error), { cause: error, again: !isFinal });
    }
  }

  #begin(id: string): Promise<{ delivery: Delivery; issued: Issued } | undefined> {
    return this.database.command(async (tx) => {
      const delivery = await this.deliveries.locked(tx, id);
      if (!delivery || delivery.status !== 'queued') return undefined;
      const dispatch = await tx.manager.findOneBy(Dispatch, { documentId: delivery.documentId });
      if (!dispatch || (await tx.manager.existsBy(SentPackageEntity, { id: delivery.packageId }))) return undefined;
      delivery.attempts += 1;
      await tx.manager.update(Delivery, { id }, { attempts: delivery.attempts });
      return { delivery, issued: dispatch.issued };
    });
  }

  async #handOver({ id }: Delivery, issued: Issued, object: StoredObject): Promise<void> {
    await this.database.command(async (tx) => {
      const delivery = await this.deliveries.locked(tx, id);
      // Cancelled, or sent by another, while it was written.
      if (delivery?.status !== 'queued') return;
      const { packageId, recipientCode } = delivery;
      if (await tx.manager.existsBy(SentPackageEntity, { id: packageId })) return;
      const { key: objectKey, sha256, sizeBytes } = object;
      const sent: SentPackageEntity = {
        agencyId: tx.agencyId,
        id: packageId,
        createdAt: tx.now,
        kind: 'document',
        documentId: issued.documentId,
        inReplyTo: null,
        senderCode: issued.sender.agencyCode,
        recipientCode,
        senderDocumentId: identifierOf(issued),
        documentCode: issued.documentCode,
        issuedOn: issued.issuedOn,
        statusCode: null,
        objectKey,
        sha256,
        sizeBytes,
      };
      await tx.manager.insert(SentPackageEntity, sent);
      await this.#entrust(tx, id, sent, delivery.urgent);
    });
  }

  @OnJobFailed(SendPackage)
  async givenUp({ data }: Job<typeof SendPackage>, { code, detail }: JobFailure, tx: Tx): Promise<void> {
    await this.failures.record(tx, data.deliveryId, sendFailureOf(code), detail);
  }

  /**
   * A failed delivery is due again: written anew, or, when its package came back from a channel that knows no such recipient, handed
   * over as it is.
   */
  async sendAgain(tx: Tx, { id: deliveryId, packageId, urgent }: Delivery): Promise<void> {
    const sent = await tx.manager.findOneBy(SentPackageEntity, { id: packageId });
    if (sent) await this.#entrust(tx, deliveryId, sent, urgent);
    else await this.jobs.enqueue(tx, SendPackage, { deliveryId }, { key: deliveryId, urgent });
  }

  async #entrust(tx: Tx, deliveryId: string, sent: SentPackageEntity, urgent: boolean): Promise<void> {
    const { id: packageId, senderCode: from, recipientCode: to, documentId, objectKey, sha256, sizeBytes } = sent;
    const claim = {
      packageId,
      kind: 'document',
      from,
      to,
      objectKey,
      sha256,
      sizeBytes,
      urgent,
      inReplyTo: null,
    } as const;
    if ((await this.connector.handOver(tx, claim)) === 'taken') {
      await this.deliveries.record(tx, deliveryId, { id: idFrom(`${deliveryId}:sent`), status: 'sent', at: tx.now });
    }
    tx.audit({
      action: 'package.handed-over',
      resource: { type: 'package', id: packageId },
      after: { documentId, to, channel: this.connector.channel, sha256 },
    });
  }
}

function opened(tx: Tx, issued: Issued, recipient: Recipient, recipientCode: string): Delivery {
  const packageId = idFrom(`package:${issued.documentId}:${recipient.recipientId}`);
  return Object.assign(new Delivery(), {
    id: idFrom(`delivery:${packageId}`),
    agencyId: tx.agencyId,
    version: 1,
    createdAt: tx.now,
    updatedAt: tx.now,
    documentId: issued.documentId,
    packageId,
    recipientId: recipient.recipientId,
    recipientAgencyId: recipient.agencyId ?? null,
    recipientCode,
    recipientName: recipient.name,
    status: 'queued' as const,
    urgent: issued.urgency !== 'normal',
    attempts: 0,
    failure: null,
    failureDetail: null,
  });
}

function failureOf(error: unknown): { readonly code: SendFailure; readonly isFinal: boolean } {
  if (SecretRefused.is(error)) return { code: 'state-secret', isFinal: true };
  if (PackageInvalid.is(error)) return { code: 'package-invalid', isFinal: true };
  if (AttachmentTooLarge.is(error) || FileTooLarge.is(error)) return { code: 'package-too-large', isFinal: true };
  if (ObjectMissing.is(error) || ObjectCorrupt.is(error)) return { code: 'file-unavailable', isFinal: false };
  return { code: 'technical-fault', isFinal: false };
}

/** For who has to mend it: what is wrong where, without repeating the values. */
function detailOf(error: unknown): string {
  const faults = (error as { faults?: readonly { code: string }[] }).faults ?? [];
  if (faults.length > 0)
    return faults
      .map(({ code }) => code)
      .join(', ')
      .slice(0, 1000);
  return (error instanceof Error ? error.message : String(error)).slice(0, 1000);
}
