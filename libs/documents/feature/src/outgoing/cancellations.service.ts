import { Inject, Injectable } from '@nestjs/common';
import { OutgoingDocumentCancelled } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { performOutgoingAct } from '@qlvb/documents-domain';
import type { Actor } from '@qlvb/platform-context';
import { Database, update } from '@qlvb/platform-database';
import type { z } from 'zod';
import { DocumentAccess } from '../access/document-access.ts';
import { rolesOf } from './outgoing-access.ts';
import type { OutgoingView } from './outgoing.dto.ts';
import { OutgoingDocument } from './outgoing.entities.ts';
import { OutgoingNotFound } from './outgoing.problems.ts';
import { eventBase, outgoingView } from './outgoing.view.ts';

/** Documents that go no further: a draft given up, a number taken in error. */
@Injectable()
export class CancellationsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
  ) {}

  /**
   * Before a number the drafter gives the draft up. After it the clerk cancels: others were told of the number and may have
   * it on paper, so that no other document ever gets it, and it stays in the register with its reason.
   *
   * @throws OutgoingNotFound, OutgoingActNotAllowed, ActNotYours
   * @source EX-NUM-3
   */
  cancel(id: string, reason: string, actor: Actor): Promise<z.input<typeof OutgoingView>> {
    return update(
      this.database,
      {
        entity: OutgoingDocument,
        id,
        missing: OutgoingNotFound,
        action: 'outgoing-document.cancelled',
        access: this.access.outgoing(actor),
      },
      async (document, tx, rights) => {
        const act = document.number === null ? 'cancel' : 'cancel_number';
        document.state = performOutgoingAct(document.state, act, rolesOf(rights));
        const by = await this.directory.me();
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
