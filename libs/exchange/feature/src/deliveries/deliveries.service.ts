import { Inject, Injectable } from '@nestjs/common';
import { DeliveryNotCancellable, DeliveryNotFound, DeliveryNotRetriable } from '@qlvb/exchange-domain';
import { Directory } from '@qlvb/directory';
import { DocumentAccess } from '@qlvb/document-access';
import type { VisibleDocuments } from '@qlvb/document-access';
import type { Actor } from '@qlvb/platform-context';
import { Database, reach } from '@qlvb/platform-database';
import type { ReachOptions, Tx } from '@qlvb/platform-database';
import { byTime, inOrder, keysetPage } from '@qlvb/platform-http';
import { newId } from '@qlvb/shared-domain';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { SentPackageEntity } from '../sending/sent-package.entity.ts';
import { SendingService } from '../sending/sending.service.ts';
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
    @Inject(SendingService) private readonly sending: SendingService,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(DocumentAccess) private readonly documents: DocumentAccess,
  ) {}

  /** Of documents that the caller may see. @source EX-ST-3 */
  list({ limit, cursor, ...filter }: z.output<typeof DeliveryQuery>, actor: Actor) {
    const { where, parameters } = this.#documents(actor);
    return this.database.read(async (manager) => {
      const page = await keysetPage(
        { limit, cursor },
        {
          scope: filter,
          ...byTime('createdAt'),
          query: (after) => {
            const builder = manager.createQueryBuilder(Delivery, 'd').where(where('d'), parameters);
            if (filter.documentId) builder.andWhere('d.documentId = :document', { document: filter.documentId });
            if (filter.status) builder.andWhere('d.status = :status', { status: filter.status });
            return inOrder(builder, filter.order === 'newest' ? 'DESC' : 'ASC', ['d.createdAt', 'd.id'], after);
          },
        },
      );
      return { ...page, items: page.items.map(deliveryView) };
    });
  }

  /** @throws DeliveryNotFound @source QĐ28-A10-2 */
  get(deliveryId: string, actor: Actor) {
    return this.database.read(async (manager) => {
      const { row } = await reach(manager, this.#visible(deliveryId, actor));
      return this.#detail(manager, row);
    });
  }

  /**
   * Sends one that failed again, after what was in the way has been mended.
   *
   * @throws DeliveryNotFound, DeliveryNotRetriable
   */
  retry(deliveryId: string, actor: Actor) {
    return this.#act(deliveryId, actor, async (tx, delivery, by) => {
      if (delivery.status !== 'send_failed') throw DeliveryNotRetriable();
      await this.ledger.record(tx, delivery.id, { id: newId(), status: 'queued', at: tx.now, by });
      await tx.manager.update(Delivery, { id: delivery.id }, { attempts: 0, failure: null, failureDetail: null });
      await this.sending.sendAgain(tx, delivery);
      return 'delivery.retried';
    });
  }

  /**
   * Gives up sending to one recipient; what has been handed over cannot be taken back this way, unless nobody was there to take it.
   *
   * @throws DeliveryNotFound, DeliveryNotCancellable
   */
  cancel(deliveryId: string, reason: string, actor: Actor) {
    return this.#act(deliveryId, actor, async (tx, delivery, by) => {
      const isHandedOver = await tx.manager.existsBy(SentPackageEntity, { id: delivery.packageId });
      const isOut = isHandedOver && delivery.failure !== 'recipient-not-on-axis';
      if (isOut || (delivery.status !== 'queued' && delivery.status !== 'send_failed')) throw DeliveryNotCancellable();
      await this.ledger.record(tx, delivery.id, { id: newId(), status: 'cancelled', at: tx.now, by, reason });
      return 'delivery.cancelled';
    });
  }

  #act(id: string, actor: Actor, act: (tx: Tx, delivery: Delivery, by: string) => Promise<string>) {
    return this.database.command(async (tx) => {
      const { row: delivery } = await reach(tx.manager, this.#visible(id, actor), 'locked');
      const { status } = delivery;
      const action = await act(tx, delivery, (await this.directory.me()).fullName);
      tx.audit({ action, resource: { type: 'delivery', id }, before: { status } });
      return this.#detail(tx.manager, await tx.manager.findOneByOrFail(Delivery, { id }));
    });
  }

  #visible(id: string, actor: Actor): ReachOptions<Delivery> {
    return { entity: Delivery, id, missing: DeliveryNotFound, access: this.#documents(actor) };
  }

  #documents(actor: Actor): VisibleDocuments {
    return this.documents.visibleTo(actor, ['outgoing-document']);
  }

  async #detail(manager: EntityManager, delivery: Delivery) {
    return deliveryDetail(delivery, await manager.findBy(DeliveryEvent, { deliveryId: delivery.id }));
  }
}
