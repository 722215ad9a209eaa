import { Inject, Injectable } from '@nestjs/common';
import { Directory } from '@qlvb/directory';
import type { ReceivedStatus } from '@qlvb/edxml';
import { CHANGE_STATUS, correlate, isAmbiguous, isReceiverStatus, isReportedStatus } from '@qlvb/exchange-domain';
import type { DeskGround, ReportedStatus, SentPackage } from '@qlvb/exchange-domain';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { DeliveryLedger } from '../deliveries/delivery-ledger.ts';
import { Desk } from './desk.ts';
import type { PackageRead } from './package-reader.ts';
import type { ReceivedPackage } from './received-package.entity.ts';

type StatusRead = Extract<PackageRead, { kind: 'status' }>;

interface Candidate extends Omit<SentPackage, 'isToReporter'> {
  readonly deliveryId: string;
  readonly documentId: string;
  readonly recipientAgencyId: string | null;
  readonly recipientCode: string;
}

/** Deliveries that one status may mean; an agency does not get more packages under one code. */
const MAX_CANDIDATES = 200;
const FAULT_GROUNDS = {
  'nothing-sent': 'status-unmatched',
  'not-recipient': 'status-not-entitled',
  ambiguous: 'ambiguous',
} as const satisfies Record<string, DeskGround>;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A status package, whichever queue it came by: the delivery it speaks of takes it over, or a clerk looks at it. */
@Injectable()
export class StatusInterpretation {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(DeliveryLedger) private readonly deliveries: DeliveryLedger,
    @Inject(Desk) private readonly desk: Desk,
  ) {}

  /**
   * @source EX-ST-2
   * @source EX-ST-3
   */
  async conclude(row: ReceivedPackage, { package: status, findings }: StatusRead): Promise<void> {
    const { about } = status;
    const facts: Partial<ReceivedPackage> = {
      kind: 'status',
      ...(about.documentId ? { senderDocumentId: about.documentId } : {}),
      documentCode: about.documentCode ?? '',
      issuedOn: about.issuedOn ?? null,
      statusCode: status.status ?? null,
      businessReason: status.description ?? null,
      findings: [...findings],
      sha256: row.sha256,
      sizeBytes: row.sizeBytes,
    };
    await this.database.command(async (tx) => {
      const own = await this.desk.mine(tx, row);
      if (!own) return;
      Object.assign(own, facts);
      const ground = isAmbiguous(findings) ? 'ambiguous' : await this.#apply(tx, own, status);
      if (ground) await this.desk.setAside(tx, own, ground);
      else await this.desk.save(tx, Object.assign(own, { state: 'applied', ground: null }), 'received-package.applied');
    });
  }

  /** @returns why a person has to look, if so */
  async #apply(tx: Tx, row: ReceivedPackage, status: ReceivedStatus): Promise<DeskGround | undefined> {
    const code = status.status;
    if (!isReportedStatus(code)) return 'status-unknown';
    const reporter = await this.directory.agencyByCode(row.senderCode);
    const claimed = status.sender?.agencyCode;
    if (!reporter || (claimed !== undefined && !(await this.directory.isAmong(row.senderCode, [claimed])))) {
      return 'sender-not-on-axis';
    }
    // It speaks of a document that came from there, not of one that went out.
    if (code === CHANGE_STATUS.takeBackAsked) return 'take-back-asked';
    const { documentId, documentCode, issuedOn } = status.about;
    const sent = await Promise.all(
      (await this.#candidates(tx, row, { documentId, documentCode })).map(async (candidate) => ({
        ...candidate,
        isToReporter: (await this.#recipientOf(candidate)) === reporter.agencyId,
      })),
    );
    const correlation = correlate({ documentId, documentCode, issuedOn }, row.inReplyTo ?? undefined, sent);
    if (!correlation.found) {
      return FAULT_GROUNDS[correlation.fault];
    }
    row.documentId = correlation.found.documentId;
    await this.#record(tx, correlation.found.deliveryId, row, code, status);
    return isReceiverStatus(code) ? undefined : 'change-answered';
  }

  #record(tx: Tx, deliveryId: string, row: ReceivedPackage, code: ReportedStatus, status: ReceivedStatus) {
    return this.deliveries.record(tx, deliveryId, {
      id: row.id,
      status: code,
      at: status.at ?? null,
      by: status.contact?.name ?? null,
      reason: status.description ?? null,
    });
  }

  async #recipientOf({ recipientAgencyId, recipientCode }: Candidate): Promise<string | undefined> {
    return recipientAgencyId ?? (await this.directory.agencyByCode(recipientCode))?.agencyId;
  }

  #candidates(
    tx: Tx,
    row: ReceivedPackage,
    { documentId, documentCode }: { documentId: string | undefined; documentCode: string | undefined },
  ): Promise<Candidate[]> {
    const ids = [row.inReplyTo, documentId && UUID.test(documentId) ? documentId : null].filter((id) => id !== null);
    return tx.manager.query(
      `SELECT p.id AS "packageId", p.sender_document_id AS "senderDocumentId", p.document_code AS "documentCode",
              p.issued_on::text AS "issuedOn", d.id AS "deliveryId", d.document_id AS "documentId", d.recipient_agency_id AS "recipientAgencyId",
              d.recipient_code AS "recipientCode"
       FROM package p JOIN delivery d ON d.package_id = p.id AND d.agency_id = p.agency_id
       WHERE p.agency_id = $1 AND p.kind = 'document'
         AND (p.id = ANY($2::uuid[]) OR p.sender_document_id = $3 OR p.document_code = $4)
       ORDER BY (p.id = ANY($2::uuid[])) DESC, (p.sender_document_id = $3) DESC, p.created_at DESC LIMIT ${MAX_CANDIDATES}`,
      [tx.agencyId, ids, documentId ?? null, documentCode ?? null],
    );
  }
}
