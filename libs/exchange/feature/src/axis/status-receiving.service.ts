import { Inject, Injectable } from '@nestjs/common';
import type { AxisStatusPackage, DataOf } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { readPackage } from '@qlvb/edxml';
import { DELIVERY_STATUSES, PackageMisaddressed } from '@qlvb/exchange-domain';
import type { DeliveryStatus } from '@qlvb/exchange-domain';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { OBJECT_STORE } from '@qlvb/platform-storage';
import type { ObjectStore } from '@qlvb/platform-storage';
import { recordStep } from '../deliveries/delivery-ledger.ts';
import { Delivery, PackageEntity } from '../entities.ts';

type OnAxis = DataOf<typeof AxisStatusPackage>;
type StatusPackage = Extract<Awaited<ReturnType<typeof readPackage>>, { kind: 'status' }>['package'];

/** A status package comes back to the sender of a document: the delivery moves on. */
@Injectable()
export class StatusReceivingService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  /** @throws PackageMisaddressed @source EX-ST-2 @source EX-ST-3 */
  async receive(onAxis: OnAxis): Promise<void> {
    const recipient = await this.directory.agencyByCode(onAxis.to);
    if (!recipient) throw PackageMisaddressed({ code: onAxis.to });
    await this.database.command((tx) => this.#receive(tx, onAxis), { agencyId: recipient.agencyId });
  }

  /**
   * Only the agency that the document was sent to says what became of it: the axis knows who handed the package over, the
   * package itself must say the same, by whatever code, and speak of this very document.
   *
   * @source EX-ST-3
   * @source AGC-04
   */
  async #mayTell(tx: Tx, delivery: Delivery, status: StatusPackage, onAxis: OnAxis): Promise<boolean> {
    const recipient =
      delivery.recipientAgencyId ?? (await this.directory.agencyByCode(delivery.recipientCode))?.agencyId;
    for (const code of [onAxis.from, status.sender?.agencyCode ?? '']) {
      const found = await this.directory.agencyByCode(code);
      if (!found || found.agencyId !== recipient) return false;
    }
    const sent = await tx.manager.findOneBy(PackageEntity, { id: delivery.packageId });
    const { documentId } = status.about;
    return !documentId || documentId === sent?.senderDocumentId;
  }

  async #receive(tx: Tx, onAxis: OnAxis): Promise<void> {
    const result = await readPackage(await this.store.get({ key: onAxis.objectKey }));
    const status = result.kind === 'status' ? result.package : undefined;
    const delivery = await tx.manager.findOne(Delivery, {
      where: { packageId: onAxis.inReplyTo },
      lock: { mode: 'pessimistic_write' },
    });
    const known = DELIVERY_STATUSES.find((candidate) => /^0\d$/.test(candidate) && candidate === status?.status);
    const entitled = delivery && status && (await this.#mayTell(tx, delivery, status, onAxis));
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(PackageEntity)
      .values({
        agencyId: tx.agencyId,
        id: onAxis.packageId,
        createdAt: tx.now,
        direction: 'incoming',
        kind: 'status',
        documentId: delivery?.documentId ?? null,
        inReplyTo: onAxis.inReplyTo,
        senderCode: onAxis.from,
        recipientCode: onAxis.to,
        senderDocumentId: status?.about.documentId ?? '',
        documentCode: status?.about.documentCode ?? '',
        issuedOn: status?.about.issuedOn ?? null,
        statusCode: status?.status ?? null,
        objectKey: onAxis.objectKey,
        sha256: onAxis.sha256,
        sizeBytes: onAxis.sizeBytes,
        state: entitled && known ? 'received' : 'failed',
        findings: result.findings.map((finding) => finding.code),
      })
      .orIgnore()
      .execute();
    if (!entitled || !known || !status) return;
    await recordStep(tx, delivery, {
      status: known satisfies DeliveryStatus,
      at: status.at ?? tx.now,
      by: status.contact?.name,
      reason: status.description,
    });
  }
}
