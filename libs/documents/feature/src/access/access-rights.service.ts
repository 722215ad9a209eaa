import { Inject, Injectable } from '@nestjs/common';
import { administers, DocumentsNotificationRequested, notificationRequest } from '@qlvb/contracts';
import type { AccessGround, AccessKind, NotificationRequest, Person } from '@qlvb/contracts';
import { Directory, personOf } from '@qlvb/directory';
import type { OutgoingState } from '@qlvb/documents-domain';
import { accessTo, currentAccess } from '@qlvb/platform-access';
import type { ObjectAccess } from '@qlvb/platform-access';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { newId } from '@qlvb/shared-domain';
import { IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { IncomingDocument } from '../incoming/incoming.entity.ts';
import { OutgoingDocument } from '../outgoing/outgoing.entities.ts';
import { AccessRightEntity } from './access-right.entity.ts';
import { accessRightView, namedRight } from './access-rights.queries.ts';
import type { NamedRight } from './access-rights.queries.ts';
import type { AccessRightInput, AccessRightView } from './access.dto.ts';
import {
  AccessAlreadyHeld,
  AccessNotForAdministrators,
  AccessRightDecided,
  AccessRightNotFound,
  AccessRightNeeded,
} from './access.problems.ts';
import { accessObject, DocumentAccess } from './document-access.ts';

type View = z.input<typeof AccessRightView>;
type Document = OutgoingDocument | IncomingDocument;

/** Grounds without which the document could not go its way. */
const NEEDED: readonly AccessGround[] = ['checks-layout', 'drafts', 'heads-unit', 'registers', 'signs', 'standing'];

/**
 * Changes of access by hand, on one document: a grant opens nothing until another person confirms it, a withdrawal closes at once.
 *
 * @source NĐ30-PL6-F3b
 * @source NĐ30-PL6-F3c
 */
@Injectable()
export class AccessRightsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
  ) {}

  /**
   * @throws OutgoingNotFound, IncomingNotFound, AccessNotYoursToChange, PostUnknown, AccessNotForAdministrators, AccessAlreadyHeld
   * @source SEC-Z05
   */
  propose(kind: AccessKind, id: string, input: z.output<typeof AccessRightInput>, actor: Actor): Promise<View> {
    return this.database.command(async (tx) => {
      const document = await this.access.changeable(tx.manager, { kind, id }, actor, 'locked');
      const post = await this.directory.post(input.postId);
      assertReads(post);
      const { userId, postId, unitId, permissions } = post;
      const reader = { userId, postId, unitId, agencyId: tx.agencyId, permissions, permissionVersion: 0 };
      const waiting = { objectKind: kind, objectId: id, principalId: postId, ground: 'by-hand' as const };
      const proposed = await tx.manager.existsBy(AccessRightEntity, { ...waiting, revokedAt: IsNull() });
      if (proposed || (await sees(tx.manager, document, accessTo(kind, reader, tx.now)))) throw AccessAlreadyHeld();
      const givenBy = await this.directory.me();
      const right = Object.assign(new AccessRightEntity(), {
        ...waiting,
        id: newId(),
        agencyId: tx.agencyId,
        objectAt: accessObject(document).at,
        principalKind: 'post' as const,
        permission: null,
        right: 'read' as const,
        validFrom: tx.now,
        validUntil: null,
        givenBy,
        reason: input.reason,
        ...UNDECIDED,
      });
      await tx.manager.insert(AccessRightEntity, right);
      this.#audit(tx, 'proposed', right);
      this.#tell(tx, document, 'access-proposed', givenBy, personOf(post).fullName);
      return accessRightView({ right, subject: document.subject, name: post.fullName });
    });
  }

  /**
   * Of the post as it is now, whatever it was when the right was proposed.
   *
   * @throws AccessRightNotFound, AccessNotYoursToChange, AccessRightDecided, DutiesNotSeparate, PostUnknown,
   *   AccessNotForAdministrators
   * @source NĐ30-PL6-F3c
   * @source SEC-Z05
   */
  confirm(id: string, actor: Actor): Promise<View> {
    return this.#decide(id, actor, async (tx, { right }, me) => {
      assertUndecided(right);
      assertByAnother(right, actor);
      assertReads(await this.directory.post(right.principalId));
      const confirmation = { confirmedBy: me, confirmedAt: tx.now };
      Object.assign(right, confirmation);
      await tx.manager.update(AccessRightEntity, { id }, confirmation);
      this.#audit(tx, 'confirmed', right);
      return 'told';
    });
  }

  /** @throws AccessRightNotFound, AccessNotYoursToChange, AccessRightDecided, DutiesNotSeparate */
  refuse(id: string, reason: string, actor: Actor): Promise<View> {
    return this.#decide(id, actor, async (tx, { right }, me) => {
      assertUndecided(right);
      assertByAnother(right, actor);
      await this.#end(tx, right, me, reason, 'refused');
      return 'unchanged';
    });
  }

  /**
   * Closes at once, without a second person; the others are told. Taking back one's own proposal is a withdrawal too.
   *
   * @throws AccessRightNotFound, AccessNotYoursToChange, AccessRightDecided, AccessRightNeeded
   */
  withdraw(id: string, reason: string, actor: Actor): Promise<View> {
    return this.#decide(id, actor, async (tx, { right, name }, me, document) => {
      if (right.revokedAt) throw AccessRightDecided();
      if (NEEDED.includes(right.ground)) throw AccessRightNeeded();
      await this.#end(tx, right, me, reason, 'withdrawn');
      if (!right.confirmedAt) return 'unchanged';
      this.#tell(tx, document, 'access-withdrawn', me, name ?? '');
      return 'told';
    });
  }

  /** The document's lock makes changes of its access follow each other. */
  #decide(
    id: string,
    actor: Actor,
    change: (tx: Tx, found: NamedRight, me: Person, document: Document) => Promise<'told' | 'unchanged'>,
  ): Promise<View> {
    return this.database.command(async (tx) => {
      const { right } = await namedRight(tx.manager, id);
      const of = { kind: right.objectKind, id: right.objectId, missing: AccessRightNotFound };
      const document = await this.access.changeable(tx.manager, of, actor, 'locked');
      const found = await namedRight(tx.manager, id);
      const outcome = await change(tx, found, await this.directory.me(), document);
      const object = accessObject(document);
      if (outcome === 'told') this.access.tell(tx, object, await currentAccess(tx, object));
      return accessRightView(found);
    });
  }

  async #end(
    tx: Tx,
    right: AccessRightEntity,
    revokedBy: Person,
    revokeReason: string,
    what: 'refused' | 'withdrawn',
  ): Promise<void> {
    const end = { revokedBy, revokedAt: tx.now, revokeReason };
    Object.assign(right, end);
    await tx.manager.update(AccessRightEntity, { id: right.id }, end);
    this.#audit(tx, what, right);
  }

  #audit(tx: Tx, what: 'proposed' | 'confirmed' | 'refused' | 'withdrawn', right: AccessRightEntity): void {
    const { objectKind, objectId, principalKind, principalId, ground, reason, revokeReason } = right;
    tx.audit({
      action: `access-right.${what}`,
      resource: { type: 'access-right', id: right.id },
      after: {
        ...{ objectKind, objectId, principalKind, principalId, right: right.right, ground },
        ...(revokeReason === null ? { reason } : { reason: revokeReason }),
      },
    });
  }

  /** Those who may change the access too, and no others: who answers for the document, and the clerks once it is theirs. */
  #tell(
    tx: Tx,
    document: Document,
    kind: 'access-proposed' | 'access-withdrawn',
    proposer: Person,
    person: string,
  ): void {
    const to: NotificationRequest<typeof kind>['to'][] =
      document instanceof OutgoingDocument
        ? changersOf(document)
        : [{ permission: 'incoming-documents.accept' }, { permission: 'instructions.issue' }];
    const about = { type: 'document', id: document.id };
    const parameters = { subject: document.subject, proposer: proposer.fullName, person };
    for (const receiver of to) {
      if ('userId' in receiver && receiver.userId === proposer.userId) continue;
      tx.publish(DocumentsNotificationRequested, notificationRequest(kind, { to: receiver, about, parameters }));
    }
  }
}

const UNDECIDED = {
  confirmedAt: null,
  confirmedBy: null,
  revokedAt: null,
  revokedBy: null,
  revokeReason: null,
};

/** @throws AccessRightDecided */
function assertUndecided({ confirmedAt, revokedAt }: AccessRightEntity): void {
  if (confirmedAt ?? revokedAt) throw AccessRightDecided();
}

/** @throws DutiesNotSeparate */
function assertByAnother({ givenBy }: AccessRightEntity, { userId }: Actor): void {
  if (givenBy) assertSeparate('right.confirm', [{ act: 'right.give-by-hand', userId: givenBy.userId }], { userId });
}

/** @throws AccessNotForAdministrators */
function assertReads({ permissions }: { readonly permissions: readonly string[] }): void {
  if (administers(permissions)) throw AccessNotForAdministrators();
}

/** From the signature on the clerks; before that the head of the unit, and the signer once he has it. */
function changersOf({ state, signer, leadUnitId }: OutgoingDocument): NotificationRequest<'access-proposed'>['to'][] {
  const head = { permission: 'outgoing-documents.content-check', unitId: leadUnitId } as const;
  if (BEFORE_SIGNER.includes(state)) return [head];
  const isSigned = state !== 'awaiting_signature';
  return [isSigned ? { permission: 'outgoing-documents.register' } : head, { userId: signer.userId }];
}
const BEFORE_SIGNER: readonly OutgoingState[] = ['drafting', 'unit_review', 'layout_check'];

/** Whether somebody else may see the document already. */
const sees = (manager: EntityManager, document: Document, access: ObjectAccess): Promise<boolean> =>
  manager
    .createQueryBuilder(document.constructor as typeof OutgoingDocument, 'd')
    .where('d.id = :id', { id: document.id })
    .andWhere(access.where('d'))
    .setParameters(access.parameters)
    .getExists();
