import { Inject, Injectable } from '@nestjs/common';
import { DeliveryStatusChanged, shortened } from '@qlvb/contracts';
import { foldDelivery } from '@qlvb/exchange-domain';
import type { DeliveryStatus, SendFailure, StepStatus } from '@qlvb/exchange-domain';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { idFrom } from '@qlvb/shared-domain';
import type { PackageToSend } from '../connectors/connector.ts';
import { SentPackageEntity } from '../sending/sent-package.entity.ts';
import { Delivery, DeliveryEvent } from './delivery.entities.ts';

type ClaimCheck = Pick<PackageToSend, 'packageId' | 'from' | 'to' | 'sha256'>;

export interface Step {
  /** The same for the same report, however often it comes. */
  readonly id: string;
  readonly status: StepStatus;
  readonly at: Date | null;
  readonly by?: string | null;
  readonly reason?: string | null;
  readonly failure?: SendFailure;
}

/** Everything ever reported about deliveries, and what follows from it. */
@Injectable()
export class DeliveryLedger {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Of a new delivery. */
  async open(tx: Tx, delivery: Delivery): Promise<void> {
    await tx.manager.insert(Delivery, delivery);
    await this.#append(tx, delivery, { id: idFrom(`${delivery.id}:queued:1`), status: 'queued', at: tx.now }, 1);
    this.#tell(tx, delivery, { status: 'queued', at: tx.now });
  }

  /**
   * Adds a report, whether it changes anything or not; state and history follow from all of them together.
   *
   * @source EX-ST-2
   * @source EX-ST-3
   */
  async record(tx: Tx, deliveryId: string, step: Step): Promise<void> {
    const delivery = await this.locked(tx, deliveryId);
    if (!delivery) return;
    const events = await tx.manager.findBy(DeliveryEvent, { deliveryId });
    if (events.some(({ reportId }) => reportId === step.id)) return;
    events.push(await this.#append(tx, delivery, step, events.length + 1));
    const { status } = foldDelivery(events.map(reportOf));
    // A report that does not change the status still changes the history, and is told: how many events there are must not
    // depend on the order in which reports came.
    const failure = status === delivery.status ? delivery.failure : (step.failure ?? null);
    Object.assign(delivery, { status, failure, updatedAt: tx.now, version: delivery.version + 1 });
    await tx.manager.update(
      Delivery,
      { id: deliveryId },
      { status, failure, updatedAt: tx.now, version: delivery.version },
    );
    // What decides may be another report than the one that came last.
    const deciding = events.findLast((event) => event.status === status);
    this.#tell(tx, delivery, {
      status,
      at: deciding?.at ?? tx.now,
      by: deciding?.byName ?? null,
      reason: deciding?.reason ?? null,
      ...(failure ? { failure } : {}),
    });
  }

  /** The channel has brought a package of ours to its recipient. @source EX-TIME-1 */
  async recordTaken(announced: ClaimCheck): Promise<void> {
    await this.database.command(async (tx) => {
      const delivery = await this.sentAs(tx, announced);
      if (delivery)
        await this.record(tx, delivery.id, { id: idFrom(`${delivery.id}:sent`), status: 'sent', at: tx.now });
    });
  }

  /** The delivery of a claim check, if it is the one that was handed over: with that sender, that recipient and that digest. */
  async sentAs(tx: Tx, { packageId, from, to, sha256 }: ClaimCheck): Promise<Delivery | null> {
    const sent = { id: packageId, senderCode: from, recipientCode: to, sha256 };
    if (!(await tx.manager.existsBy(SentPackageEntity, sent))) return null;
    return await tx.manager.findOneBy(Delivery, { packageId });
  }

  locked(tx: Tx, id: string): Promise<Delivery | null> {
    return tx.manager.findOne(Delivery, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async #append(tx: Tx, delivery: Delivery, step: Step, seq: number): Promise<DeliveryEvent> {
    const event = Object.assign(new DeliveryEvent(), {
      deliveryId: delivery.id,
      seq,
      agencyId: tx.agencyId,
      reportId: step.id,
      status: step.status,
      at: step.at,
      recordedAt: tx.now,
      byName: step.by ?? null,
      reason: step.reason ?? null,
    });
    await tx.manager.insert(DeliveryEvent, event);
    return event;
  }

  #tell(tx: Tx, delivery: Delivery, step: Omit<Step, 'id' | 'status'> & { status: DeliveryStatus }): void {
    const { status, at, by, reason, failure } = step;
    tx.publish(DeliveryStatusChanged, {
      deliveryId: delivery.id,
      documentId: delivery.documentId,
      packageId: delivery.packageId,
      recipientId: delivery.recipientId,
      recipientCode: delivery.recipientCode,
      recipientName: delivery.recipientName,
      // To others, one that was cancelled is one that is not sent.
      status: status === 'cancelled' ? 'send_failed' : status,
      at: (at ?? tx.now).toISOString(),
      version: delivery.version,
      ...(reason ? { reason: shortened(reason, 2000) } : {}),
      ...(by ? { by: shortened(by, 200) } : {}),
      ...(status === 'cancelled' ? { reasonCode: 'cancelled' } : failure ? { reasonCode: failure } : {}),
    });
  }
}

export const reportOf = (event: DeliveryEvent) => ({ ...event, id: event.reportId });
