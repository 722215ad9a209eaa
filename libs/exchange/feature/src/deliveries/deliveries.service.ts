import { Inject, Injectable } from '@nestjs/common';
import { DeliveryNotCancellable, DeliveryNotFound, DeliveryNotRetriable } from '@qlvb/exchange-domain';
import { Directory } from '@qlvb/directory';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { decodeCursor, toPage } from '@qlvb/platform-http';
import { newId } from '@qlvb/shared-domain';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { SentPackageEntity } from '../sending/sent-package.entity.ts';
import { WorkQueue } from '../work/work-queue.ts';
import { deliveryDetail, deliveryView } from './deliveries.dto.ts';
import type { DeliveryQuery } from './deliveries.dto.ts';
import { Delivery, DeliveryEvent } from './delivery.entities.ts';
import { DeliveryLedger } from './delivery-ledger.ts';

/** What the sender sees of his deliveries, and what he can do about those that do not go out. */
@Injectable()
export class DeliveriesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DeliveryLedger) private readonly ledger: DeliveryLedger,
    @Inject(WorkQueue) private readonly work: WorkQueue,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  /** @source EX-ST-3 */
  list({ limit, cursor, ...filter }: z.output<typeof DeliveryQuery>) {
    const after = cursor ? decodeCursor(cursor, filter, z.tuple([z.string(), z.uuid()])) : undefined;
    const [direction, sign] = filter.order === 'newest' ? (['DESC', '<'] as const) : (['ASC', '>'] as const);
    return this.database.read(async (manager) => {
      const builder = manager
        .createQueryBuilder(Delivery, 'd')
        .where('true')
        .orderBy('d.createdAt', direction)
        .addOrderBy('d.id', direction)
        .take(limit + 1);
      if (filter.documentId) builder.andWhere('d.documentId = :document', { document: filter.documentId });
      if (filter.status) builder.andWhere('d.status = :status', { status: filter.status });
      if (after)
        builder.andWhere(`(d.createdAt, d.id) ${sign} (:at::timestamptz, :id)`, { at: after[0], id: after[1] });
      const page = toPage(await builder.getMany(), limit, filter, (row) => [row.createdAt.toISOString(), row.id]);
      return { items: page.items.map(deliveryView), nextCursor: page.nextCursor };
    });
  }

  /** @throws DeliveryNotFound @source QĐ28-A10-2 */
  get(deliveryId: string) {
    return this.database.read((manager) => this.#detail(manager, deliveryId));
  }

  /**
   * Sends one that failed again, after what was in the way has been mended.
   *
   * @throws DeliveryNotFound, DeliveryNotRetriable
   */
  retry(deliveryId: string) {
    return this.#act(deliveryId, async (tx, delivery, by) => {
      if (delivery.status !== 'send_failed') throw DeliveryNotRetriable();
      await this.ledger.record(tx, delivery.id, { id: newId(), status: 'queued', at: tx.now, by });
      await tx.manager.update(Delivery, { id: delivery.id }, { attempts: 0, failure: null, failureDetail: null });
      await this.work.enqueue(tx, { kind: 'send-package', id: delivery.id, urgent: delivery.urgent });
      return 'delivery.retried';
    });
  }

  /**
   * Gives up sending to one recipient; what has been handed over cannot be taken back this way.
   *
   * @throws DeliveryNotFound, DeliveryNotCancellable
   */
  cancel(deliveryId: string, reason: string) {
    return this.#act(deliveryId, async (tx, delivery, by) => {
      const isHandedOver = await tx.manager.existsBy(SentPackageEntity, { id: delivery.packageId });
      if (isHandedOver || (delivery.status !== 'queued' && delivery.status !== 'send_failed')) {
        throw DeliveryNotCancellable();
      }
      await this.ledger.record(tx, delivery.id, { id: newId(), status: 'cancelled', at: tx.now, by, reason });
      return 'delivery.cancelled';
    });
  }

  #act(id: string, act: (tx: Tx, delivery: Delivery, by: string) => Promise<string>) {
    return this.database.command(async (tx) => {
      const delivery = await this.ledger.locked(tx, id);
      if (!delivery) throw DeliveryNotFound({ id });
      const { status } = delivery;
      const action = await act(tx, delivery, (await this.directory.me()).fullName);
      tx.audit({ action, resource: { type: 'delivery', id }, before: { status } });
      return this.#detail(tx.manager, id);
    });
  }

  async #detail(manager: EntityManager, deliveryId: string) {
    const delivery = await manager.findOneBy(Delivery, { id: deliveryId });
    if (!delivery) throw DeliveryNotFound({ id: deliveryId });
    return deliveryDetail(delivery, await manager.findBy(DeliveryEvent, { deliveryId }));
  }
}
