import { Inject, Injectable } from '@nestjs/common';
import { OutgoingDocumentIssued, OutgoingDocumentNumbered, OutgoingDocumentSignatureRecorded } from '@qlvb/contracts';
import type { DataOf, DocumentSigned } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { issuedOnTime, nextRegistrationNumber, performOutgoingAct, sequenceKey } from '@qlvb/documents-domain';
import type { Actor } from '@qlvb/platform-context';
import { Database, update } from '@qlvb/platform-database';
import { composeDocumentCode, composeSymbol, formatDateLine, issueDeadline, vietnamYear } from '@qlvb/vietnam';
import type { z } from 'zod';
import { FilesService } from '../files/files.service.ts';
import { advanceSequence, lockSequence, numberingPlan } from '../registers/number-sequence.ts';
import { CALENDAR } from './calendar.ts';
import { hide } from './drafts.service.ts';
import { rolesOn } from './outgoing-access.ts';
import type { OutgoingView } from './outgoing.dto.ts';
import { OutgoingDocument } from './outgoing.entities.ts';
import { OutgoingMissing } from './outgoing.problems.ts';
import { eventBase, outgoingView } from './outgoing.view.ts';

type View = z.input<typeof OutgoingView>;

/** From the signer's signature to the way out: number and date, agency signature, issue. */
@Injectable()
export class IssuingService {
  readonly #database: Database;
  readonly #directory: Directory;
  readonly #files: FilesService;

  constructor(
    @Inject(Database) database: Database,
    @Inject(Directory) directory: Directory,
    @Inject(FilesService) files: FilesService,
  ) {
    this.#database = database;
    this.#directory = directory;
    this.#files = files;
  }

  /**
   * Number, date and register entry in one transaction that holds the sequence: numbers follow each other without gap.
   *
   * @throws OutgoingMissing, OutgoingActNotAllowed, ActNotYours, NumberDateNotInOrder, KindNotInNumberingPlan
   * @source NĐ30-A15-1
   * @source NĐ30-A15-2
   * @source NĐ30-A15-3
   * @source EX-NUM-3
   */
  register(id: string, actor: Actor): Promise<View> {
    return this.#step(id, actor, 'outgoing-document.numbered', async (document, tx) => {
      document.state = performOutgoingAct(document.state, 'number', rolesOn(document, actor));
      const agency = await this.#directory.agency(tx.agencyId);
      const year = vietnamYear(tx.now);
      const key = sequenceKey(await numberingPlan(tx, year), { kind: document.documentType });
      const { lastNumber, lastDate } = await lockSequence(tx, year, key);
      const last = lastDate === null ? undefined : { number: lastNumber, date: lastDate };
      const registered = nextRegistrationNumber(last, tx.now);
      const symbol = composeSymbol({
        kind: document.documentType,
        issuer: agency.shortName,
        unit: document.leadUnitSymbol,
      });
      const documentCode = composeDocumentCode(registered.number, symbol);
      await advanceSequence(tx, year, key, registered.number, registered.date);
      Object.assign(document, {
        number: registered.number,
        documentCode,
        codeNotation: symbol,
        issuedOn: registered.date,
        registerYear: year,
        sequenceKey: key,
      });
      tx.publish(OutgoingDocumentNumbered, {
        ...eventBase(document),
        number: registered.number,
        documentCode,
        issuedOn: registered.date,
        placeAndDate: formatDateLine(agency.placeOfIssue, registered.date),
        files: document.files,
        numberedAt: tx.now.toISOString(),
      });
    });
  }

  /**
   * Sends the document out: everything its recipients get is in the event. Late issue is flagged, never blocked.
   *
   * @throws OutgoingMissing, OutgoingActNotAllowed, ActNotYours
   * @source EX-ISSUE-1
   * @source QĐ28-A8-1
   */
  issue(id: string, actor: Actor): Promise<View> {
    return this.#step(id, actor, 'outgoing-document.issued', async (document, tx) => {
      document.state = performOutgoingAct(document.state, 'issue', rolesOn(document, actor));
      const { signedAt, number, documentCode, codeNotation, issuedOn } = document;
      if (!signedAt || number === null || !documentCode || !codeNotation || !issuedOn) {
        throw new Error(`document ${id} is agency-signed without number or signature time`);
      }
      const onTime = issuedOnTime({ signedAt, urgency: document.urgency, medium: 'electronic' }, tx.now, CALENDAR);
      document.issuedAt = tx.now;
      document.issuedLate = onTime.late;
      const agency = await this.#directory.agency(tx.agencyId);
      tx.publish(OutgoingDocumentIssued, {
        ...eventBase(document),
        number,
        codeNotation,
        documentCode,
        issuedOn,
        placeOfIssue: agency.placeOfIssue,
        issuedAt: tx.now.toISOString(),
        issueDeadline: onTime.deadline.toISOString(),
        issuedLate: onTime.late,
        sender: { agencyId: agency.agencyId, agencyCode: agency.code, name: agency.name },
        recipients: document.recipients,
        files: document.files,
        pageCount: document.pageCount ?? 1,
        ...(document.replyDueOn ? { replyDueOn: document.replyDueOn } : {}),
      });
    });
  }

  /**
   * Takes the signed files over; the document moves on as the signature's kind says. A signature on a version that was
   * changed meanwhile changes nothing.
   *
   * @source NĐ30-A14-1
   * @source NĐ30-A13-5
   */
  recordSignature(data: DataOf<typeof DocumentSigned>): Promise<void> {
    const { documentId, signatureKind, files, signerUserId } = data;
    const personal = signatureKind === 'personal';
    return update(
      this.#database,
      {
        entity: OutgoingDocument,
        id: documentId,
        missing: OutgoingMissing,
        action: `outgoing-document.${signatureKind}-signature-recorded`,
        authorise: () => undefined,
      },
      async (document, tx) => {
        document.state = performOutgoingAct(document.state, personal ? 'sign' : 'agency_sign', [
          personal ? 'signer' : 'clerk',
        ]);
        await this.#files.adopt(tx, files);
        document.files = [...files];
        if (data.pageCount !== undefined) document.pageCount = data.pageCount;
        if (!document.participants.includes(signerUserId))
          document.participants = [...document.participants, signerUserId];
        const signedAt = new Date(data.signedAt);
        if (personal) {
          document.signedAt = signedAt;
          document.issueDeadline = issueDeadline(
            { signedAt, urgency: document.urgency, medium: 'electronic' },
            CALENDAR,
          );
        } else {
          document.agencySignedAt = signedAt;
        }
        tx.publish(OutgoingDocumentSignatureRecorded, {
          ...eventBase(document),
          signatureKind,
          recordedAt: tx.now.toISOString(),
          issueDeadline: (document.issueDeadline ?? tx.now).toISOString(),
        });
      },
    );
  }

  #step(
    id: string,
    actor: Actor,
    action: string,
    change: (
      document: OutgoingDocument,
      tx: Parameters<Parameters<typeof update<OutgoingDocument, View>>[2]>[1],
    ) => Promise<void>,
  ): Promise<View> {
    return update(
      this.#database,
      {
        entity: OutgoingDocument,
        id,
        missing: OutgoingMissing,
        action,
        authorise: (document) => hide(document, actor),
      },
      async (document, tx) => {
        await change(document, tx);
        return outgoingView(document);
      },
    );
  }
}
