import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { Directory } from '@qlvb/directory';
import { PackageInvalid, SecretRefused, writeStatusPackage } from '@qlvb/edxml';
import { canBeAnswered, dueReports, statusName, statusText } from '@qlvb/exchange-domain';
import type { ReportedStatus } from '@qlvb/exchange-domain';
import type { Tx } from '@qlvb/platform-database';
import { OBJECT_STORE } from '@qlvb/platform-storage';
import type { ObjectStore } from '@qlvb/platform-storage';
import { LIMITS } from '@qlvb/records';
import { idFrom } from '@qlvb/shared-domain';
import { CONNECTOR } from '../connectors/connector.ts';
import type { Connector } from '../connectors/connector.ts';
import { ReceivedPackage } from '../received/received-package.entity.ts';
import { SentPackageEntity } from '../sending/sent-package.entity.ts';
import { StatusReport } from './status-report.entity.ts';

export interface OwnReport {
  readonly code: ReportedStatus;
  readonly at: Date;
  readonly by?: string;
  readonly reason?: string;
}

/** What the receiver of a package tells its sender: each status once, in order, without anybody pressing a button. */
@Injectable()
export class StatusReports {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(CONNECTOR) private readonly connector: Connector,
  ) {}

  /**
   * Notes what happened to a package and sends what may go out now. Reports come from several services in any order; one
   * that is ahead of its predecessor waits here for it.
   *
   * @source EX-ST-1
   * @source EX-ST-2
   */
  async report(tx: Tx, packageId: string, report: OwnReport): Promise<void> {
    const origin = await tx.manager.findOne(ReceivedPackage, {
      where: { id: packageId },
      lock: { mode: 'pessimistic_write' },
    });
    // A document that did not come over the axis has nobody to report to; nor has one whose sender no package can name.
    if (!origin || !canBeAnswered(origin)) return;
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(StatusReport)
      .values({
        agencyId: tx.agencyId,
        packageId,
        code: report.code,
        at: report.at,
        byName: statusName(report.by ?? '') ?? null,
        reason: report.reason === undefined ? null : statusText(report.reason),
        sentAt: null,
      })
      .orIgnore()
      .execute();
    const rows = await tx.manager.findBy(StatusReport, { packageId });
    const codes = (list: readonly StatusReport[]): Set<ReportedStatus> => new Set(list.map((row) => row.code));
    for (const code of dueReports(codes(rows), codes(rows.filter((row) => row.sentAt !== null)))) {
      const row = rows.find((candidate) => candidate.code === code);
      if (row) await this.#send(tx, origin, row);
    }
  }

  async #send(tx: Tx, origin: ReceivedPackage, report: StatusReport): Promise<void> {
    const own = await this.directory.agency(tx.agencyId);
    // Another agency may answer for the same id, one that somebody re-addressed to it: its answer takes nobody’s place.
    const packageId = idFrom(`status:${tx.agencyId}:${origin.id}:${report.code}`);
    const xml = written(origin, report, { agencyCode: own.code, name: own.name });
    const object = await this.store.put(Readable.from([Buffer.from(xml)]), { maxBytes: LIMITS.package.statusBytes });
    await tx.manager.update(StatusReport, { packageId: origin.id, code: report.code }, { sentAt: tx.now });
    await tx.manager.insert(SentPackageEntity, {
      agencyId: tx.agencyId,
      id: packageId,
      createdAt: tx.now,
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
    });
    await this.connector.handOver(tx, {
      packageId,
      kind: 'status',
      from: own.code,
      to: origin.senderCode,
      objectKey: object.key,
      sha256: object.sha256,
      sizeBytes: object.sizeBytes,
      urgent: false,
      inReplyTo: origin.id,
    });
    tx.audit({
      action: 'status.reported',
      resource: { type: 'received-package', id: origin.id },
      after: { status: report.code, to: origin.senderCode },
    });
  }
}

/**
 * The sender hears of every package. One that says of its document nothing that may be repeated, because it could not be
 * read or carries what the standard does not allow, is named by its own id.
 */
function written(origin: ReceivedPackage, report: StatusReport, sender: { agencyCode: string; name: string }): string {
  const status = {
    sender,
    ...(report.byName ? { contact: { name: report.byName } } : {}),
    status: report.code,
    ...(report.reason ? { description: report.reason } : {}),
    at: report.at,
  };
  const { senderCode: agencyCode, documentCode, senderDocumentId: documentId, issuedOn } = origin;
  try {
    return writeStatusPackage({
      ...status,
      about: { agencyCode, documentCode, documentId, ...(issuedOn ? { issuedOn } : {}) },
    });
  } catch (error) {
    if (!PackageInvalid.is(error) && !SecretRefused.is(error)) throw error;
    return writeStatusPackage({ ...status, about: { agencyCode, documentCode: origin.id, documentId: origin.id } });
  }
}
