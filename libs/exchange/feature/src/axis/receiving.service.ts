import { Inject, Injectable } from '@nestjs/common';
import { PackageReceived } from '@qlvb/contracts';
import type { AxisDocumentPackage, DataOf, FileRef, Urgency } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { readPackage } from '@qlvb/edxml';
import type { ReceivedDocument } from '@qlvb/edxml';
import { PackageMisaddressed } from '@qlvb/exchange-domain';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { OBJECT_STORE } from '@qlvb/platform-storage';
import type { ObjectStore, StoredObject } from '@qlvb/platform-storage';
import { LIMITS } from '@qlvb/records';
import { idFrom } from '@qlvb/shared-domain';
import { documentKindByName } from '@qlvb/vietnam';
import { PackageEntity } from '../entities.ts';
import { PACKAGE_MINUTES } from './sending.service.ts';
import { StatusReports } from './status-reports.ts';

type OnAxis = DataOf<typeof AxisDocumentPackage>;

/** A package for an agency served here: unpacked, announced, answered with 01 by itself. */
@Injectable()
export class ReceivingService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(StatusReports) private readonly reports: StatusReports,
  ) {}

  /**
   * @throws PackageMisaddressed
   * @source AGC-14
   * @source NĐ30-PL6-F1e
   * @source EX-ST-1
   */
  async receive(onAxis: OnAxis): Promise<void> {
    const recipient = await this.directory.agencyByCode(onAxis.to);
    if (!recipient) throw PackageMisaddressed({ code: onAxis.to });
    await this.database.command((tx) => this.#receive(tx, onAxis), { agencyId: recipient.agencyId });
  }

  async #receive(tx: Tx, onAxis: OnAxis): Promise<void> {
    if (await tx.manager.existsBy(PackageEntity, { id: onAxis.packageId })) return;
    await tx.waitOutside(PACKAGE_MINUTES);
    const result = await readPackage<StoredObject>(await this.store.get({ key: onAxis.objectKey }), {
      onAttachment: (_meta, stream) => this.store.put(stream, { maxBytes: LIMITS.package.attachmentBytes }),
    });
    const findings: string[] = result.findings.map((finding) => finding.code);
    const faults: string[] = result.findings
      .filter(({ severity }) => severity === 'fault')
      .map((finding) => finding.code);
    if (result.kind !== 'edoc') {
      // A package nobody can read is kept as it came, and its sender hears why.
      const reason = result.kind === 'unreadable' ? result.problem.detail('vi') : 'Không phải gói tin văn bản.';
      await this.#keep(tx, onAxis, undefined, 'failed', findings);
      await this.reports.report(tx, onAxis.packageId, { code: '01', at: tx.now });
      await this.reports.report(tx, onAxis.packageId, { code: '02', at: tx.now, reason: `BAD_FORMAT: ${reason}` });
      return;
    }
    const { package: document, attachments } = result;
    const claimed = document.sender?.agencyCode;
    if (claimed !== undefined && !(await this.directory.isAmong(onAxis.from, [claimed]))) {
      // The axis knows who handed it the package; what the package says of itself is a claim.
      faults.push('sender-not-on-axis');
      findings.push('sender-not-on-axis');
    }
    const named = document.recipients.flatMap(({ agencyCode }) => agencyCode ?? []);
    if (named.length > 0 && !(await this.directory.isAmong(onAxis.to, named))) {
      faults.push('not-addressed-to-recipient');
      findings.push('not-addressed-to-recipient');
    }
    await this.#keep(tx, onAxis, document, 'received', findings);
    const files = attachments.flatMap((attachment, index): FileRef[] =>
      attachment.state === 'delivered'
        ? [
            {
              fileId: idFrom(`received:${onAxis.packageId}:${index}`),
              role: index === 0 ? 'main' : 'attachment',
              name: attachment.name ?? `tep-${index + 1}`,
              mediaType: attachment.mediaType,
              sizeBytes: attachment.sizeBytes,
              sha256: attachment.sha256,
              objectKey: attachment.delivered.key,
            },
          ]
        : [],
    );
    tx.publish(PackageReceived, {
      packageId: onAxis.packageId,
      senderCode: document.sender?.agencyCode ?? onAxis.from,
      senderName: document.sender?.name ?? onAxis.from,
      senderDocumentId: document.documentId ?? onAxis.packageId,
      documentType: kindOf(document),
      codeNumber: document.codeNumber ?? '',
      codeNotation: document.codeNotation ?? '',
      issuedOn: document.issuedOn ?? null,
      placeOfIssue: document.placeOfIssue ?? '',
      subject: document.subject ?? '(không có trích yếu)',
      signerName: document.signer?.fullName ?? '',
      signerPosition: document.signer?.position ?? '',
      urgency: urgencyOf(document),
      replyDueOn: document.dueOn ?? null,
      files,
      findings,
      faults,
      arrivedAt: tx.now.toISOString(),
    });
    await this.reports.report(tx, onAxis.packageId, { code: '01', at: tx.now });
  }

  async #keep(
    tx: Tx,
    onAxis: OnAxis,
    document: ReceivedDocument | undefined,
    state: 'received' | 'failed',
    findings: string[],
  ): Promise<void> {
    const { codeNumber = '', codeNotation = '' } = document ?? {};
    await tx.manager.insert(PackageEntity, {
      agencyId: tx.agencyId,
      id: onAxis.packageId,
      createdAt: tx.now,
      direction: 'incoming',
      kind: 'document',
      documentId: idFrom(`incoming:${onAxis.packageId}`),
      inReplyTo: null,
      senderCode: onAxis.from,
      recipientCode: onAxis.to,
      senderDocumentId: document?.documentId ?? onAxis.packageId,
      documentCode: codeNotation ? `${codeNumber}/${codeNotation}` : codeNumber,
      issuedOn: document?.issuedOn ?? null,
      statusCode: null,
      objectKey: onAxis.objectKey,
      sha256: onAxis.sha256,
      sizeBytes: onAxis.sizeBytes,
      state,
      findings,
    });
    tx.audit({
      action: `package.${state}`,
      resource: { type: 'package', id: onAxis.packageId },
      after: { from: onAxis.from, sha256: onAxis.sha256, findings },
    });
  }
}

const kindOf = (document: ReceivedDocument): string => {
  const name = document.documentType?.name ?? '';
  return documentKindByName(name)?.code ?? name.slice(0, 100);
};

/** A flash document for a set hour is a flash document here: nothing of it waits. @source QĐ28-A6-4 */
const urgencyOf = ({ priority = 'normal' }: ReceivedDocument): Urgency =>
  priority === 'flashByHour' ? 'flash' : priority;
