import { Inject, Injectable } from '@nestjs/common';
import { IncomingDocumentAccepted, IncomingDocumentRefused, shortened } from '@qlvb/contracts';
import type { AccessRight } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import {
  assertAcceptable,
  assertDuplicatesConfirmed,
  assertRefusal,
  nextArrivalNumber,
  performIncomingAct,
} from '@qlvb/documents-domain';
import type { DocumentIdentity } from '@qlvb/documents-domain';
import type { Actor } from '@qlvb/platform-context';
import { Database, update } from '@qlvb/platform-database';
import type { RowAccess } from '@qlvb/platform-database';
import { CLOCK } from '@qlvb/platform-service';
import type { Clock } from '@qlvb/shared-domain';
import { presentationDeadline } from '@qlvb/records';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { DocumentAccess } from '../access/document-access.ts';
import { holdSequence, moveSequence } from '../registers/number-sequence.ts';
import { rolesOf } from './incoming-access.ts';
import type { AcceptanceInput, IncomingView, RefusalInput } from './incoming.dto.ts';
import { incomingEventBase } from './incoming-event-base.ts';
import { IncomingDocument } from './incoming.entity.ts';
import { IncomingNotFound } from './incoming.problems.ts';
import { incomingView } from './incoming.view.ts';

type View = z.input<typeof IncomingView>;
export const ARRIVAL_SEQUENCE = 'arrival';

/** The clerk's decision on an arrived document: accept it into the register, or return it. */
@Injectable()
export class RegistrationService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
  ) {}

  /**
   * Gives the arrival number, in one run per agency and year.
   *
   * @throws IncomingNotFound, IncomingActNotAllowed, NotVerifiedYet, NotAcceptable, DuplicateNotConfirmed
   * @source NĐ30-A22-1
   * @source NĐ30-A22-2
   */
  accept(id: string, input: z.output<typeof AcceptanceInput>, actor: Actor): Promise<View> {
    return update(
      this.database,
      {
        entity: IncomingDocument,
        id,
        missing: IncomingNotFound,
        action: 'incoming-document.accepted',
        access: this.access.incoming(actor),
      },
      async (document, tx, rights) => {
        document.state = performIncomingAct(document.state, 'accept', rolesOf(rights));
        assertAcceptable(document.verification ?? undefined, input.asReference);
        await this.access.enter(tx, document);
        const acceptedBy = await this.directory.me();
        const calendar = await this.directory.calendar();
        const { year, last, now } = await holdSequence(tx, this.clock, () => ARRIVAL_SEQUENCE);
        // Under the lock of the sequence: of two equal documents accepted at once the second finds the first.
        // One that waits beside it is asked about when its own turn comes.
        const registered = (await duplicates(tx.manager, document)).filter(isRegistered);
        assertDuplicatesConfirmed(identityOf(document), registered, input.notDuplicate);
        const { arrivalNumber, arrivalDate } = nextArrivalNumber(last?.number ?? 0, now);
        await moveSequence(tx, year, ARRIVAL_SEQUENCE, arrivalNumber, arrivalDate);
        const presentBy = presentationDeadline({ arrivedAt: document.arrivedAt, urgency: document.urgency }, calendar);
        const legalValue = document.legalValue ?? 'reference';
        Object.assign(document, {
          arrivalNumber,
          arrivalDate,
          arrivalYear: year,
          acceptedBy,
          acceptedAt: now,
          presentBy,
          legalValue,
        });
        tx.publish(IncomingDocumentAccepted, {
          ...incomingEventBase(document),
          arrivalNumber,
          arrivalDate,
          acceptedAt: now.toISOString(),
          acceptedBy,
          legalValue,
          documentCode: shortened(document.documentCode, 100),
          documentType: shortened(document.documentType, 100),
          issuedOn: document.issuedOn,
          presentBy: presentBy.toISOString(),
          files: document.files,
        });
        return incomingView(document);
      },
    );
  }

  /**
   * Returns the document to its sender; a person answers for it.
   *
   * @throws IncomingNotFound, IncomingActNotAllowed, RefusalInvalid
   * @source NĐ30-A21-2
   * @source QĐ28-A5-4
   */
  refuse(id: string, input: z.output<typeof RefusalInput>, actor: Actor): Promise<View> {
    return update(
      this.database,
      {
        entity: IncomingDocument,
        id,
        missing: IncomingNotFound,
        action: 'incoming-document.refused',
        access: this.access.incoming(actor),
      },
      async (document, tx, rights) => {
        document.state = performIncomingAct(document.state, 'reject', rolesOf(rights));
        const refusedBy = await this.directory.me();
        const found = await duplicates(tx.manager, document);
        const findings = [
          ...(document.verification?.grounds ?? []),
          ...(found.length > 0 ? (['DUPLICATE'] as const) : []),
        ];
        assertRefusal({ code: input.reasonCode, explanation: input.reason, refusedBy: refusedBy.userId }, findings);
        const refusedAt = tx.now.toISOString();
        document.refusal = { reasonCode: input.reasonCode, reason: input.reason, refusedBy, refusedAt };
        tx.publish(IncomingDocumentRefused, {
          ...incomingEventBase(document),
          reasonCode: input.reasonCode,
          reason: input.reason,
          refusedAt,
          refusedBy,
        });
        return incomingView(document);
      },
    );
  }
}

/**
 * Documents of the agency that may be the same: registered, or waiting to be; what was refused is not held.
 *
 * @param access only those that somebody may see; all when left out
 * @source NĐ30-PL6-F1h
 */
export async function duplicates(
  manager: EntityManager,
  document: IncomingDocument,
  access?: RowAccess<AccessRight>,
): Promise<(ReturnType<typeof identityOf> & { readonly id: string; readonly arrivalNumber: number | null })[]> {
  const { id, senderDocumentId, duplicateKey } = document;
  const builder = manager
    .createQueryBuilder(IncomingDocument, 'd')
    .where("(d.arrivalNumber IS NOT NULL OR d.state = 'arrived') AND d.id <> :id", { id })
    .andWhere("(d.senderDocumentId = nullif(:senderDocumentId, '') OR d.duplicateKey = :duplicateKey)", {
      senderDocumentId,
      duplicateKey,
    })
    .orderBy('d.arrivalYear')
    .addOrderBy('d.arrivalNumber')
    .addOrderBy('d.arrivedAt')
    .limit(20);
  if (access) builder.andWhere(access.where('d')).setParameters(access.parameters);
  const found = await builder.getMany();
  return found.map((other) => ({ ...identityOf(other), id: other.id, arrivalNumber: other.arrivalNumber }));
}

const isRegistered = <Found extends { readonly arrivalNumber: number | null }>(
  found: Found,
): found is Found & { readonly arrivalNumber: number } => found.arrivalNumber !== null;

const identityOf = (document: IncomingDocument): DocumentIdentity & { readonly code: string } => ({
  documentId: document.senderDocumentId || undefined,
  code: document.documentCode,
  issuerName: document.senderName,
});
