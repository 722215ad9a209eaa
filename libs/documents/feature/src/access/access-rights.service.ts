import { Inject, Injectable } from '@nestjs/common';
import { RightsByHand } from '@qlvb/access-by-hand';
import type { ByHandObject, ByHandOwner, ObjectRef } from '@qlvb/access-by-hand';
import { DocumentsNotificationRequested, notificationRequest } from '@qlvb/contracts';
import type { AccessGround, AccessKind, NotificationRequest, Person } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import type { OutgoingState } from '@qlvb/documents-domain';
import type { AccessState } from '@qlvb/platform-access';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { OutgoingDocument } from '../outgoing/outgoing.entities.ts';
import { documentRightView, namedDocumentRights } from './access-rights.queries.ts';
import type { AccessRightInput, AccessRightView } from './access.dto.ts';
import {
  AccessAlreadyHeld,
  AccessEndPast,
  AccessNotForAdministrators,
  AccessRightDecided,
  AccessRightNeeded,
  AccessRightNotFound,
} from './access.problems.ts';
import { accessObject, DocumentAccess } from './document-access.ts';

type View = z.input<typeof AccessRightView>;

/** A document, and who may change its access too. */
interface Target extends ByHandObject<AccessKind> {
  readonly changers: readonly Changer[];
}
type Changer = NotificationRequest<'access-proposed' | 'access-withdrawn'>['to'];

/**
 * Access to one document, changed by hand.
 *
 * @source NĐ30-PL6-F3b
 * @source NĐ30-PL6-F3c
 */
@Injectable()
export class AccessRightsService implements ByHandOwner<AccessKind, Target, View> {
  readonly view = documentRightView;
  readonly #rights: RightsByHand<AccessKind, Target, View>;
  /** Grounds without which the document could not go its way. */
  readonly needed: readonly AccessGround[] = [
    'checks-layout',
    'drafts',
    'heads-unit',
    'registers',
    'signs',
    'standing',
  ];
  readonly problems = {
    alreadyHeld: AccessAlreadyHeld,
    decided: AccessRightDecided,
    endPast: AccessEndPast,
    missing: AccessRightNotFound,
    needed: AccessRightNeeded,
    notForAdministrators: AccessNotForAdministrators,
  };

  constructor(
    @Inject(Database) database: Database,
    @Inject(Directory) directory: Directory,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
  ) {
    this.#rights = new RightsByHand<AccessKind, Target, View>(database, directory, this);
  }

  /** @throws OutgoingNotFound, IncomingNotFound, AccessNotYoursToChange, PostUnknown, AccessNotForAdministrators, AccessAlreadyHeld, AccessEndPast */
  propose(kind: AccessKind, id: string, input: z.output<typeof AccessRightInput>, actor: Actor): Promise<View> {
    return this.#rights.propose(kind, id, input, actor);
  }

  /**
   * @throws AccessRightNotFound, AccessNotYoursToChange, AccessRightDecided, DutiesNotSeparate, PostUnknown,
   *   AccessNotForAdministrators
   */
  confirm(id: string, actor: Actor): Promise<View> {
    return this.#rights.confirm(id, actor);
  }

  /** @throws AccessRightNotFound, AccessNotYoursToChange, AccessRightDecided, DutiesNotSeparate */
  refuse(id: string, reason: string, actor: Actor): Promise<View> {
    return this.#rights.refuse(id, reason, actor);
  }

  /** @throws AccessRightNotFound, AccessNotYoursToChange, AccessRightDecided, AccessRightNeeded */
  withdraw(id: string, reason: string, actor: Actor): Promise<View> {
    return this.#rights.withdraw(id, reason, actor);
  }

  named(manager: EntityManager) {
    return namedDocumentRights(manager);
  }

  async changeable(tx: Tx, ref: ObjectRef<AccessKind>, actor: Actor): Promise<Target> {
    const document = await this.access.changeable(tx.manager, ref, actor, 'locked');
    const changers: Changer[] =
      document instanceof OutgoingDocument
        ? changersOf(document)
        : [{ permission: 'incoming-documents.accept' }, { permission: 'instructions.issue' }];
    return { ...accessObject(document), subject: document.subject, changers };
  }

  tell(tx: Tx, object: Target, state: AccessState): void {
    this.access.tell(tx, object, state);
  }

  /** Those who may change the access too, and no others: who answers for the document, and the clerks once it is theirs. */
  notify(tx: Tx, { id, subject, changers }: Target, what: 'proposed' | 'withdrawn', by: Person, person: string): void {
    const told = `access-${what}` as const;
    const about = { type: 'document', id };
    const parameters = { subject, proposer: by.fullName, person };
    for (const receiver of changers) {
      if ('userId' in receiver && receiver.userId === by.userId) continue;
      tx.publish(DocumentsNotificationRequested, notificationRequest(told, { to: receiver, about, parameters }));
    }
  }
}

/** From the signature on the clerks; before that the head of the unit, and the signer once he has it. */
function changersOf({ state, signer, leadUnitId }: OutgoingDocument): Changer[] {
  const head = { permission: 'outgoing-documents.content-check', unitId: leadUnitId } as const;
  if (BEFORE_SIGNER.includes(state)) return [head];
  const isSigned = state !== 'awaiting_signature';
  return [isSigned ? { permission: 'outgoing-documents.register' } : head, { userId: signer.userId }];
}
const BEFORE_SIGNER: readonly OutgoingState[] = ['drafting', 'unit_review', 'layout_check'];
