import { Inject, Injectable } from '@nestjs/common';
import { DocumentAccessChanged } from '@qlvb/contracts';
import type { AccessGround } from '@qlvb/contracts';
import { accessTo, changeAccess, currentAccess } from '@qlvb/platform-access';
import type { AccessGrant, AccessObject, AccessState, ObjectAccess } from '@qlvb/platform-access';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { IncomingDocument } from '../incoming/incoming.entity.ts';
import type { OutgoingDocument } from '../outgoing/outgoing.entities.ts';

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

  tell(tx: Tx, { kind, id, at }: AccessObject, { version, rows }: AccessState): void {
    tx.publish(DocumentAccessChanged, {
      documentId: id,
      kind,
      version,
      documentAt: at.toISOString(),
      rows: [...rows],
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
