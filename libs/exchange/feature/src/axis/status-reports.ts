import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { AxisStatusPackage } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { writeStatusPackage } from '@qlvb/edxml';
import { dueReports } from '@qlvb/exchange-domain';
import type { ReportedStatus } from '@qlvb/exchange-domain';
import type { Tx } from '@qlvb/platform-database';
import { OBJECT_STORE } from '@qlvb/platform-storage';
import type { ObjectStore } from '@qlvb/platform-storage';
import { idFrom } from '@qlvb/shared-domain';
import { PackageEntity, StatusReport } from '../entities.ts';

export interface Report {
  readonly code: ReportedStatus;
  readonly at: Date;
  readonly by?: string;
  readonly reason?: string;
}

const MAX_STATUS_BYTES = 1024 * 1024;

/** What the receiver of a package tells its sender: each status once, in order, without anybody pressing a button. */
@Injectable()
export class StatusReports {
  readonly #store: ObjectStore;
  readonly #directory: Directory;

  constructor(@Inject(OBJECT_STORE) store: ObjectStore, @Inject(Directory) directory: Directory) {
    this.#store = store;
    this.#directory = directory;
  }

  /**
   * Notes what happened to a package and sends what may go out now. Reports come from several services in any order; one
   * that is ahead of its predecessor waits here for it.
   *
   * @source EX-ST-1
   * @source EX-ST-2
   */
  async report(tx: Tx, packageId: string, report: Report): Promise<void> {
    const origin = await tx.manager.findOne(PackageEntity, {
      where: { id: packageId, direction: 'incoming' },
      lock: { mode: 'pessimistic_write' },
    });
    // A document that did not come over the axis has nobody to report to.
    if (!origin) return;
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(StatusReport)
      .values({
        agencyId: tx.agencyId,
        packageId,
        code: report.code,
        at: report.at,
        byName: report.by ?? null,
        reason: report.reason ?? null,
        sentAt: null,
      })
      .orIgnore()
      .execute();
    const rows = await tx.manager.findBy(StatusReport, { packageId });
    const codes = (list: readonly StatusReport[]): Set<ReportedStatus> =>
      new Set(list.map((row) => row.code as ReportedStatus));
    for (const code of dueReports(codes(rows), codes(rows.filter((row) => row.sentAt !== null)))) {
      const row = rows.find((candidate) => candidate.code === code);
      if (row) await this.#send(tx, origin, row);
    }
  }

  async #send(tx: Tx, origin: PackageEntity, report: StatusReport): Promise<void> {
    const own = await this.#directory.agency(tx.agencyId);
    const packageId = idFrom(`status:${origin.id}:${report.code}`);
    const xml = writeStatusPackage({
      sender: { agencyCode: own.code, name: own.name },
      about: {
        agencyCode: origin.senderCode,
        documentCode: origin.documentCode,
        documentId: origin.senderDocumentId,
        ...(origin.issuedOn ? { issuedOn: origin.issuedOn } : {}),
      },
      ...(report.byName ? { contact: { name: report.byName } } : {}),
      status: report.code,
      ...(report.reason ? { description: report.reason } : {}),
      at: report.at,
    });
    const object = await this.#store.put(Readable.from([Buffer.from(xml)]), { maxBytes: MAX_STATUS_BYTES });
    await tx.manager.update(StatusReport, { packageId: origin.id, code: report.code }, { sentAt: tx.now });
    await tx.manager.insert(PackageEntity, {
      agencyId: tx.agencyId,
      id: packageId,
      createdAt: tx.now,
      direction: 'outgoing',
      kind: 'status',
      documentId: origin.documentId,
      inReplyTo: origin.id,
      senderCode: own.code,
      recipientCode: origin.senderCode,
      senderDocumentId: origin.senderDocumentId,
      documentCode: origin.documentCode,
      issuedOn: origin.issuedOn,
      statusCode: report.code,
      objectKey: object.key,
      sha256: object.sha256,
      sizeBytes: object.sizeBytes,
      state: 'sent',
      findings: [],
    });
    tx.publish(AxisStatusPackage, {
      packageId,
      inReplyTo: origin.id,
      from: own.code,
      to: origin.senderCode,
      objectKey: object.key,
      sha256: object.sha256,
      sizeBytes: object.sizeBytes,
      sentAt: tx.now.toISOString(),
    });
    tx.audit({
      action: 'status.reported',
      resource: { type: 'package', id: origin.id },
      after: { status: report.code, to: origin.senderCode },
    });
  }
}
