import { Inject, Injectable } from '@nestjs/common';
import { OutgoingDocumentIssued, OutgoingDocumentNumbered } from '@qlvb/contracts';
import type { AccessRight, Recipient } from '@qlvb/contracts';
import { codeOn, Directory } from '@qlvb/directory';
import { composeDocumentCode, composeSymbol, formatDateLine, issuedOnTime } from '@qlvb/records';
import {
  assertAgencyOpen,
  assertExchangeable,
  nextRegistrationNumber,
  NumberAlreadyUsed,
  performOutgoingAct,
  sequenceKey,
} from '@qlvb/documents-domain';
import type { Actor } from '@qlvb/platform-context';
import { Database, update } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { CLOCK } from '@qlvb/platform-service';
import type { Clock } from '@qlvb/shared-domain';
import type { DocumentKindCode } from '@qlvb/records';
import type { z } from 'zod';
import { DocumentAccess } from '../access/document-access.ts';
import { holdSequence, moveSequence } from '../registers/number-sequence.ts';
import { NumberingPlans } from '../registers/numbering-plans.service.ts';
import { rolesOf } from './outgoing-access.ts';
import type { OutgoingView } from './outgoing.dto.ts';
import { OutgoingDocument } from './outgoing.entities.ts';
import { OutgoingNotFound, SymbolNotComposable } from './outgoing.problems.ts';
import { eventBase, outgoingView } from './outgoing.view.ts';

type View = z.input<typeof OutgoingView>;

/** From the signer's signature to the way out: number and date, agency signature, issue. */
@Injectable()
export class IssuingService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(NumberingPlans) private readonly plans: NumberingPlans,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
  ) {}

  /**
   * Number, date and register entry in one transaction that holds the sequence: numbers follow each other without gap. A
   * document that was sent back with its number keeps it.
   *
   * @throws OutgoingNotFound, OutgoingActNotAllowed, ActNotYours, NumberDateNotInOrder, KindNotInNumberingPlan,
   *   NumberAlreadyUsed, SymbolNotComposable, DocumentNotExchangeable, AgencyNoLonger
   * @source NĐ30-A4-1
   * @source NĐ30-A15-1
   * @source NĐ30-A15-2
   * @source NĐ30-A15-3
   * @source NĐ30-A15-4
   * @source EX-NUM-2
   * @source EX-NUM-3
   * @source EX-NUM-4
   */
  register(id: string, actor: Actor): Promise<View> {
    return this.#step(id, actor, 'outgoing-document.numbered', async (document, tx, rights) => {
      document.state = performOutgoingAct(document.state, 'number', rolesOf(rights));
      if (document.number !== null) return this.#publishNumbered(document, tx);
      await this.access.enter(tx, document);
      const agency = await this.directory.agency(tx.agencyId);
      const { documentType: kind, isNormative } = document;
      const symbol = symbolOf(kind, agency.shortName, document.leadUnitSymbol);
      const { year, key, last, now } = await holdSequence(tx, this.clock, async (current) =>
        sequenceKey(await this.plans.hold(tx, current), { kind, isNormative }),
      );
      const { number, date } = nextRegistrationNumber(last, now);
      assertAgencyOpen(agency, date);
      const documentCode = composeDocumentCode(number, symbol, isNormative ? year : undefined);
      if (await tx.manager.existsBy(OutgoingDocument, { registerYear: year, documentCode })) {
        throw NumberAlreadyUsed({ code: documentCode, year });
      }
      const { signer, recipients, subject } = document;
      const fileNames = document.files.map(({ name }) => name);
      const codeNotation = documentCode.slice(documentCode.indexOf('/') + 1);
      const { name: agencyName, placeOfIssue } = agency;
      assertExchangeable(
        { agencyName, placeOfIssue, signer, recipients, subject, fileNames, codeNotation },
        'document',
      );
      await moveSequence(tx, year, key, number, date);
      Object.assign(document, {
        number,
        documentCode,
        codeNotation: symbol,
        issuedOn: date,
        registerYear: year,
        sequenceKey: key,
      });
      await this.#publishNumbered(document, tx);
    });
  }

  /** A document that was sent back and signed anew has its number and date already: they stand in the register. */
  async #publishNumbered(document: OutgoingDocument, tx: Tx): Promise<void> {
    const { number, documentCode, issuedOn, files } = document;
    if (number === null || !documentCode || !issuedOn) throw new Error(`document ${document.id} has no whole number`);
    const { placeOfIssue } = await this.directory.agency(tx.agencyId);
    tx.publish(OutgoingDocumentNumbered, {
      ...eventBase(document),
      number,
      documentCode,
      issuedOn,
      placeAndDate: formatDateLine(placeOfIssue, issuedOn),
      files,
      numberedAt: this.clock.now().toISOString(),
    });
  }

  /**
   * Sends the document out: everything its recipients get is in the event. Late issue is flagged, never blocked.
   *
   * @throws OutgoingNotFound, OutgoingActNotAllowed, ActNotYours
   * @source EX-ISSUE-1
   * @source QĐ28-A8-1
   * @source AGC-15
   */
  issue(id: string, actor: Actor): Promise<View> {
    return this.#step(id, actor, 'outgoing-document.issued', async (document, tx, rights) => {
      document.state = performOutgoingAct(document.state, 'issue', rolesOf(rights));
      const { signedAt, number, documentCode, codeNotation, issuedOn } = document;
      if (!signedAt || number === null || !documentCode || !codeNotation || !issuedOn) {
        throw new Error(`document ${id} is agency-signed without number or signature time`);
      }
      const onTime = issuedOnTime(
        { signedAt, urgency: document.urgency, medium: 'electronic', promised: document.issueDeadline },
        tx.now,
        await this.directory.calendar(),
      );
      document.issuedAt = tx.now;
      document.issuedLate = onTime.late;
      document.recipients = await this.#byPresentCode(document.recipients);
      const agency = await this.directory.agency(tx.agencyId);
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
        sender: { agencyId: agency.agencyId, agencyCode: codeOn(agency, issuedOn), name: agency.name },
        recipients: document.recipients,
        files: document.files,
        pageCount: document.pageCount ?? 1,
        ...(document.replyDueOn ? { replyDueOn: document.replyDueOn } : {}),
        ...(document.competence === 'none' ? {} : { competence: document.competence }),
      });
    });
  }

  /** A recipient may have got another code since the draft was made. @source AGC-08 */
  async #byPresentCode(recipients: readonly Recipient[]): Promise<Recipient[]> {
    const agencies = await this.directory.agencies(recipients.flatMap(({ agencyId }) => agencyId ?? []));
    return recipients.map((recipient) => {
      const agency = recipient.agencyId === undefined ? undefined : agencies.get(recipient.agencyId);
      return agency ? { ...recipient, agencyCode: agency.code } : recipient;
    });
  }

  #step(
    id: string,
    actor: Actor,
    action: string,
    change: (document: OutgoingDocument, tx: Tx, rights: readonly AccessRight[]) => Promise<void>,
  ): Promise<View> {
    return update(
      this.database,
      {
        entity: OutgoingDocument,
        id,
        missing: OutgoingNotFound,
        action,
        access: this.access.outgoing(actor),
      },
      async (document, tx, rights) => {
        await change(document, tx, rights);
        return outgoingView(document);
      },
    );
  }
}

/** @throws SymbolNotComposable */
function symbolOf(kind: DocumentKindCode, issuer: string, unit: string): string {
  try {
    return composeSymbol({ kind, issuer, unit });
  } catch (error) {
    if (error instanceof RangeError) throw SymbolNotComposable({ issuer, unit }, { cause: error });
    throw error;
  }
}
