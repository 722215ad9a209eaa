import { createReadStream } from 'node:fs';
import { Inject, Injectable } from '@nestjs/common';
import { fitted, isPackageFault, PACKAGE_RECEIVED_LIMITS, PackageReceived, shortened } from '@qlvb/contracts';
import type { DataOf, FileRef, PackageFault, Urgency } from '@qlvb/contracts';
import { codesOf, Directory } from '@qlvb/directory';
import type { ReceivedDocument } from '@qlvb/edxml';
import { decisionsFor, groundOfBusiness, isAmbiguous, RECEIVER_STATUS } from '@qlvb/exchange-domain';
import type { DeskGround } from '@qlvb/exchange-domain';
import { Database } from '@qlvb/platform-database';
import { OBJECT_STORE } from '@qlvb/platform-storage';
import type { ObjectStore } from '@qlvb/platform-storage';
import { LIMITS, documentKindByName } from '@qlvb/records';
import { idFrom } from '@qlvb/shared-domain';
import { sameAgencyCode } from '@qlvb/vietnam';
import { StatusReports } from '../reports/status-reports.ts';
import { Desk } from './desk.ts';
import type { PackageRead } from './package-reader.ts';
import type { ReceivedPackage } from './received-package.entity.ts';

type DocumentRead = Extract<PackageRead, { kind: 'edoc' }>;
type Announcement = DataOf<typeof PackageReceived>;

const MAX_FILE_NAME = 255;
/** Below what an event may have. */
const MAX_ANNOUNCEMENT_BYTES = 900_000;

/** A document package: announced as a new document, or put on the clerk's desk. */
@Injectable()
export class DocumentInterpretation {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(StatusReports) private readonly reports: StatusReports,
    @Inject(Desk) private readonly desk: Desk,
  ) {}

  /**
   * @source AGC-14
   * @source EX-ST-1
   * @source EX-REC-7
   */
  async conclude(row: ReceivedPackage, read: DocumentRead): Promise<void> {
    const facts = factsOf(read);
    const ground = await this.#ground(row, read);
    if (ground) return this.#setAside(row, { ...facts }, ground);
    const announcement = announcementOf(row, read, await this.#store(row, read));
    if (!announcement) return this.#setAside(row, facts, 'too-long');
    await this.database.command(async (tx) => {
      const own = await this.desk.mine(tx, row);
      if (!own) return;
      const { sha256, sizeBytes } = row;
      const state = { state: 'registered', ground: null, problem: null, sha256, sizeBytes };
      await this.desk.save(tx, Object.assign(own, facts, state), 'received-package.registered');
      tx.publish(PackageReceived, { ...announcement, arrivedAt: own.createdAt.toISOString() });
      await this.reports.report(tx, own.id, { code: RECEIVER_STATUS.arrived, at: tx.now });
    });
  }

  /** Why the package is no new document for this agency, or not by itself. */
  async #ground(row: ReceivedPackage, { package: document, findings }: DocumentRead): Promise<DeskGround | undefined> {
    const claimed = document.sender?.agencyCode;
    // The axis knows who handed it the package; what the package says of itself is a claim.
    if (claimed !== undefined && !(await this.directory.isAmong(row.senderCode, [claimed])))
      return 'sender-not-on-axis';
    const named = document.recipients.flatMap(({ agencyCode }) => agencyCode ?? []);
    const recipient = await this.directory.agencyByCode(row.recipientCode);
    const own = recipient ? codesOf(recipient) : [row.recipientCode];
    if (named.length > 0 && !named.some((code) => own.some((mine) => sameAgencyCode(code, mine)))) {
      return 'not-addressed-to-recipient';
    }
    const { announcedKind, takeAsNew } = row;
    const taken = (ground: DeskGround): boolean =>
      takeAsNew && decisionsFor(ground, { announcedKind, kind: 'document' }).includes('take-as-new');
    const grounds = [
      isAmbiguous(findings) ? 'ambiguous' : undefined,
      groundOfBusiness(document.business.type),
    ] as const;
    return grounds.find((ground) => ground !== undefined && !taken(ground));
  }

  async #setAside(row: ReceivedPackage, facts: Partial<ReceivedPackage>, ground: DeskGround): Promise<void> {
    await this.database.command(async (tx) => {
      const own = await this.desk.mine(tx, row);
      const { sha256, sizeBytes } = row;
      if (own) await this.desk.setAside(tx, Object.assign(own, facts, { sha256, sizeBytes }), ground);
    });
  }

  /** Only now, when it is known to be a document for this agency, do its files become objects. */
  async #store(row: ReceivedPackage, { attachments }: DocumentRead): Promise<FileRef[]> {
    const files: FileRef[] = [];
    for (const [index, attachment] of attachments.entries()) {
      if (attachment.state !== 'delivered') continue;
      const object = await this.store.put(createReadStream(attachment.delivered), {
        maxBytes: LIMITS.package.attachmentBytes,
      });
      files.push({
        fileId: idFrom(`received:${row.id}:${index}`),
        role: index === 0 ? 'main' : 'attachment',
        name: fileName(attachment.name ?? `tep-${index + 1}`),
        mediaType: attachment.mediaType,
        sizeBytes: object.sizeBytes,
        sha256: object.sha256,
        objectKey: object.key,
      });
    }
    return files;
  }
}

/** What the ledger keeps of a document package, whatever becomes of it. */
function factsOf({ package: document, attachments, findings }: DocumentRead): Partial<ReceivedPackage> {
  const { codeNumber = '', codeNotation = '', business } = document;
  return {
    kind: 'document',
    businessType: business.type ?? business.code ?? null,
    businessReason: business.reason ?? null,
    ...(document.documentId ? { senderDocumentId: document.documentId } : {}),
    documentCode: codeNotation ? `${codeNumber}/${codeNotation}` : codeNumber,
    issuedOn: document.issuedOn ?? null,
    subject: document.subject ?? null,
    findings: [...findings],
    attachments: attachments.map((attachment) => ({
      name: attachment.name ?? null,
      description: attachment.description ?? null,
      sizeBytes: attachment.state === 'delivered' ? attachment.sizeBytes : null,
      sha256: attachment.state === 'delivered' ? attachment.sha256 : null,
      fault: attachment.state === 'delivered' ? null : attachment.fault,
    })),
  };
}

/** @returns undefined when not even an event with room for long values takes it */
function announcementOf(
  row: ReceivedPackage,
  { package: document, attachments, findings }: DocumentRead,
  files: FileRef[],
): Omit<Announcement, 'arrivedAt'> | undefined {
  const { texts, longValues } = fitted(
    {
      senderCode: document.sender?.agencyCode ?? row.senderCode,
      senderName: document.sender?.name ?? row.senderCode,
      senderDocumentId: document.documentId ?? row.id,
      documentType: kindOf(document),
      codeNumber: document.codeNumber ?? '',
      codeNotation: document.codeNotation ?? '',
      placeOfIssue: document.placeOfIssue ?? '',
      subject: document.subject ?? '(không có trích yếu)',
      signerName: document.signer?.fullName ?? '',
      signerPosition: document.signer?.position ?? '',
    },
    PACKAGE_RECEIVED_LIMITS,
  );
  for (const [index, { name = '' }] of attachments.entries()) {
    if (name.length > MAX_FILE_NAME) longValues[`files/${index}/name`] = name;
  }
  const announcement = {
    packageId: row.id,
    ...texts,
    issuedOn: document.issuedOn ?? null,
    urgency: urgencyOf(document),
    replyDueOn: document.dueOn ?? null,
    files,
    findings: findings.map(({ code }) => code),
    faults: findings
      .filter(({ severity }) => severity === 'fault')
      .flatMap(({ code }): PackageFault[] => (isPackageFault(code) ? [code] : [])),
    ...(Object.keys(longValues).length > 0 ? { longValues } : {}),
  };
  return Buffer.byteLength(JSON.stringify(announcement)) > MAX_ANNOUNCEMENT_BYTES ? undefined : announcement;
}

/** A name as a file can have it, with its ending. */
function fileName(name: string): string {
  if (name.length <= MAX_FILE_NAME) return name;
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? '';
  return shortened(name.slice(0, name.length - ending.length), MAX_FILE_NAME - ending.length) + ending;
}

const kindOf = (document: ReceivedDocument): string => {
  const name = document.documentType?.name ?? '';
  return documentKindByName(name)?.code ?? name;
};

/** A flash document for a set hour is a flash document here: nothing of it waits. @source QĐ28-A6-4 */
const urgencyOf = ({ priority = 'normal' }: ReceivedDocument): Urgency =>
  priority === 'flashByHour' ? 'flash' : priority;
