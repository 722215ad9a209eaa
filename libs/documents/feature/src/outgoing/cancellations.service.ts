import { Inject, Injectable } from '@nestjs/common';
import { OutgoingDocumentCancelled } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { cancelNumber, performOutgoingAct } from '@qlvb/documents-domain';
import type { Actor } from '@qlvb/platform-context';
import { Database, update } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import type { z } from 'zod';
import { lockSequence, moveSequence } from '../registers/number-sequence.ts';
import { hide, rolesOn } from './outgoing-access.ts';
import type { OutgoingView } from './outgoing.dto.ts';
import { OutgoingDocument } from './outgoing.entities.ts';
import { OutgoingMissing } from './outgoing.problems.ts';
import { eventBase, outgoingView } from './outgoing.view.ts';

/** Documents that go no further: a draft given up, a number taken in error. */
@Injectable()
export class CancellationsService {
  readonly #database: Database;
  readonly #directory: Directory;

  constructor(@Inject(Database) database: Database, @Inject(Directory) directory: Directory) {
    this.#database = database;
    this.#directory = directory;
  }

  /**
   * Before a number the drafter gives the draft up. After it the clerk cancels: the last number goes back to its sequence, an
   * earlier one stays in the register with its reason.
   *
   * @throws OutgoingMissing, OutgoingActNotAllowed, ActNotYours
   * @source EX-NUM-3
   */
  cancel(id: string, reason: string, actor: Actor): Promise<z.input<typeof OutgoingView>> {
    return update(
      this.#database,
      {
        entity: OutgoingDocument,
        id,
        missing: OutgoingMissing,
        action: 'outgoing-document.cancelled',
        authorise: (document) => hide(document, actor),
      },
      async (document, tx) => {
        const act = document.number === null ? 'cancel' : 'cancel_number';
        document.state = performOutgoingAct(document.state, act, rolesOn(document, actor));
        const by = await this.#directory.me();
        if (document.number !== null) await giveBack(tx, document, reason);
        document.cancellation = { reason, by, at: tx.now.toISOString() };
        tx.publish(OutgoingDocumentCancelled, {
          ...eventBase(document),
          reason,
          cancelledBy: by,
          cancelledAt: tx.now.toISOString(),
          ...(document.documentCode === null ? {} : { documentCode: document.documentCode }),
        });
        return outgoingView(document);
      },
    );
  }
}

/** Takes the number off the document when nobody has taken a later one. */
async function giveBack(tx: Tx, document: OutgoingDocument, reason: string): Promise<void> {
  const { number, registerYear, sequenceKey, issuedOn } = document;
  if (number === null || registerYear === null || sequenceKey === null || issuedOn === null) {
    throw new Error(`document ${document.id} has a number without a register`);
  }
  const { lastNumber, lastDate } = await lockSequence(tx, registerYear, sequenceKey);
  const { outcome } = cancelNumber(number, { number: lastNumber, date: lastDate ?? issuedOn }, reason);
  if (outcome === 'cancelled_entry') return;
  const before = await tx.manager.findOneBy(OutgoingDocument, { registerYear, sequenceKey, number: number - 1 });
  await moveSequence(tx, registerYear, sequenceKey, number - 1, before?.issuedOn ?? null);
  Object.assign(document, {
    number: null,
    documentCode: null,
    codeNotation: null,
    issuedOn: null,
    registerYear: null,
    sequenceKey: null,
  });
}
