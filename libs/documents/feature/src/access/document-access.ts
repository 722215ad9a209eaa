import { Inject, Injectable } from '@nestjs/common';
import { DocumentAccessChanged } from '@qlvb/contracts';
import type { AccessGround, AccessKind, AccessRight, Person } from '@qlvb/contracts';
import { accessTo, changeAccess, currentAccess, wasWithdrawn } from '@qlvb/platform-access';
import type { AccessGrant, AccessObject, AccessState, ObjectAccess } from '@qlvb/platform-access';
import type { Actor } from '@qlvb/platform-context';
import { Database, reach } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import type { ProblemFactory } from '@qlvb/shared-domain';
import type { EntityManager } from 'typeorm';
import { IncomingDocument } from '../incoming/incoming.entity.ts';
import { IncomingNotFound } from '../incoming/incoming.problems.ts';
import { OutgoingDocument } from '../outgoing/outgoing.entities.ts';
import { OutgoingNotFound } from '../outgoing/outgoing.problems.ts';
import { AccessNotYoursToChange } from './access.problems.ts';

/** The rights to a document that let change the access of others: clerks', and those of the leader who answers for it. */
export const MAY_CHANGE: Readonly<Record<AccessKind, readonly AccessRight[]>> = {
  'outgoing-document': ['register', 'sign'],
  'incoming-document': ['register', 'direct'],
};

/** Who may see or act on documents: standing rights and rows; every change of rows is told in the transaction that makes it. */
@Injectable()
export class DocumentAccess {
  constructor(@Inject(Database) private readonly database: Database) {}

  outgoing(actor: Actor): ObjectAccess {
    return accessTo('outgoing-document', actor, this.database.now());
  }

  incoming(actor: Actor): ObjectAccess {
    return accessTo('incoming-document', actor, this.database.now());
  }

  /**
   * A document whose access the actor may change by hand.
   *
   * @param missing thrown when he may not even see it
   * @throws AccessNotYoursToChange
   * @source NĐ30-PL6-F3b
   */
  async changeable(
    manager: EntityManager,
    { kind, id, missing }: { readonly kind: AccessKind; readonly id: string; readonly missing?: ProblemFactory },
    actor: Actor,
    lock?: 'locked',
  ): Promise<OutgoingDocument | IncomingDocument> {
    const outgoing = {
      entity: OutgoingDocument,
      id,
      missing: missing ?? OutgoingNotFound,
      access: this.outgoing(actor),
    };
    const incoming = {
      entity: IncomingDocument,
      id,
      missing: missing ?? IncomingNotFound,
      access: this.incoming(actor),
    };
    const { row, rights } =
      kind === 'outgoing-document'
        ? await reach(manager, outgoing, lock)
        : await reach<IncomingDocument, AccessRight>(manager, incoming, lock);
    if (!rights.some((right) => MAY_CHANGE[kind].includes(right))) throw AccessNotYoursToChange();
    return row;
  }

  /** Tells of a document that nobody sees by a row yet, so that other services know whom it concerns. */
  async begin(tx: Tx, document: IncomingDocument): Promise<void> {
    const object = accessObject(document);
    this.tell(tx, object, await currentAccess(tx, object));
  }

  /** @param anew grounds of which nothing is left but what is given */
  async give(
    tx: Tx,
    document: OutgoingDocument | IncomingDocument,
    grants: readonly AccessGrant[],
    anew: readonly AccessGround[] = [],
  ): Promise<void> {
    const object = accessObject(document);
    const state = await changeAccess(tx, object, grants, anew);
    if (state) this.tell(tx, object, state);
  }

  /**
   * Opens a document to who worked on it; not to one from whom it was withdrawn by hand: what he still does opens nothing anew.
   *
   * @source NĐ30-PL6-F3b
   */
  async giveForWork(tx: Tx, document: IncomingDocument, { userId, postId }: Person): Promise<void> {
    if (await wasWithdrawn(tx, accessObject(document), [userId, postId])) return;
    await this.give(tx, document, tookPart(userId));
  }

  tell(tx: Tx, { kind, id, at }: AccessObject, { version, rows, withdrawn }: AccessState): void {
    tx.publish(DocumentAccessChanged, {
      documentId: id,
      kind,
      version,
      documentAt: at.toISOString(),
      rows: [...rows],
      withdrawn: [...withdrawn],
    });
  }
}

export const accessObject = (document: OutgoingDocument | IncomingDocument): AccessObject =>
  document instanceof IncomingDocument
    ? { kind: 'incoming-document', id: document.id, at: document.arrivedAt }
    : { kind: 'outgoing-document', id: document.id, at: document.createdAt };

/** Who took part sees the document from then on. @source SEC-Z02 */
export const tookPart = (...userIds: readonly string[]): AccessGrant[] =>
  userIds.map((principalId) => ({ principalKind: 'person', principalId, right: 'read', ground: 'took-part' }));
