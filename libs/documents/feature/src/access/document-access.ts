import { Inject, Injectable } from '@nestjs/common';
import { DocumentAccessChanged, RegisterAccessChanged } from '@qlvb/contracts';
import type { AccessGround, AccessKind, AccessRight, Person } from '@qlvb/contracts';
import { accessTo, changeAccess, wasWithdrawn } from '@qlvb/platform-access';
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
import { Directory } from '@qlvb/directory';
import { incomingTask } from '../incoming/incoming-access.ts';
import { outgoingTask } from '../outgoing/outgoing-access.ts';
import { AccessNotYoursToChange } from './access.problems.ts';

/** The rights to a document that let change the access of others: clerks', and those of who answers for it. */
export const MAY_CHANGE: Readonly<Record<AccessKind, readonly AccessRight[]>> = {
  'outgoing-document': ['check-content', 'register', 'sign'],
  'incoming-document': ['register', 'direct'],
};

/**
 * To whom the agency's registers are open: clerks and leaders see what is registered, as do those who look into everything. Before
 * that a document is there for who has to do with it alone.
 *
 * @source NĐ30-A4-1 clerks register everything
 * @source NĐ30-A23-3 leaders direct every incoming document
 * @source SEC-Z05 administrators read no documents
 */
const STANDING = {
  'outgoing-register': [
    { permission: 'outgoing-documents.register', right: 'register' },
    { permission: 'audit.read', right: 'read' },
  ],
  'incoming-register': [
    { permission: 'incoming-documents.accept', right: 'register' },
    { permission: 'instructions.issue', right: 'direct' },
    { permission: 'audit.read', right: 'read' },
  ],
} as const;

/** Grounds of what a step of the document's way opens; nothing is left of them but what the present state gives. */
const TASKS: readonly AccessGround[] = ['checks-layout', 'registers'];

/** Who may see or act on documents: open registers and rows; every change of rows is told in the transaction that makes it. */
@Injectable()
export class DocumentAccess {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) directory: Directory,
  ) {
    directory.onAgencyChange((agencyId) => this.database.command((tx) => this.#openRegisters(tx), { agencyId }));
  }

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

  /** One row per agency, register and role; of an agency whose registers are open already nothing changes. */
  async #openRegisters(tx: Tx): Promise<void> {
    for (const register of Object.keys(STANDING) as (keyof typeof STANDING)[]) {
      const object: AccessObject<typeof register> = { kind: register, id: tx.agencyId, at: tx.now, registered: false };
      const role = { principalKind: 'agency', principalId: tx.agencyId, ground: 'standing' } as const;
      const state = await changeAccess(
        tx,
        object,
        STANDING[register].map((one) => ({ ...role, ...one })),
      );
      if (!state) continue;
      const { version, rows } = state;
      tx.publish(RegisterAccessChanged, { agencyId: tx.agencyId, register, version, rows: [...rows] });
    }
  }

  /**
   * What an act opens, beside what the step that the document is at opens to those whose task it is.
   *
   * @param anew grounds of which nothing is left but what is given
   * @source NĐ30-A12-2 the layout is checked of what passed the check of its content
   * @source NĐ30-A4-1 what is to be registered is there for the clerks
   */
  async give(
    tx: Tx,
    document: OutgoingDocument | IncomingDocument,
    grants: readonly AccessGrant[],
    anew: readonly AccessGround[] = [],
  ): Promise<void> {
    await this.#change(tx, document, accessObject(document), grants, anew);
  }

  /**
   * What gets its number in this transaction is from now on there for whom the register is open. Before the sequence of numbers is
   * held, so that nobody waits for it longer.
   */
  async enter(tx: Tx, document: OutgoingDocument | IncomingDocument): Promise<void> {
    await this.#change(tx, document, { ...accessObject(document), registered: true }, [], []);
  }

  async #change(
    tx: Tx,
    document: OutgoingDocument | IncomingDocument,
    object: AccessObject,
    grants: readonly AccessGrant[],
    anew: readonly AccessGround[],
  ): Promise<void> {
    const tasks = document instanceof IncomingDocument ? incomingTask(document) : outgoingTask(document);
    const state = await changeAccess(tx, object, [...grants, ...tasks], [...anew, ...TASKS]);
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

  tell(tx: Tx, { kind, id, at, registered }: AccessObject, { version, rows, withdrawn }: AccessState): void {
    tx.publish(DocumentAccessChanged, {
      documentId: id,
      kind,
      version,
      documentAt: at.toISOString(),
      registered,
      rows: [...rows],
      withdrawn: [...withdrawn],
    });
  }
}

export const accessObject = (document: OutgoingDocument | IncomingDocument): AccessObject =>
  document instanceof IncomingDocument
    ? {
        kind: 'incoming-document',
        id: document.id,
        at: document.arrivedAt,
        registered: document.arrivalNumber !== null,
      }
    : { kind: 'outgoing-document', id: document.id, at: document.createdAt, registered: document.number !== null };

/** Who took part sees the document from then on. @source SEC-Z02 */
export const tookPart = (...userIds: readonly string[]): AccessGrant[] =>
  userIds.map((principalId) => ({ principalKind: 'person', principalId, right: 'read', ground: 'took-part' }));
