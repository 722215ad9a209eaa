import { Inject, Injectable } from '@nestjs/common';
import type { Person } from '@qlvb/contracts';
import { followHandling } from '@qlvb/documents-domain';
import type { HandlingStep } from '@qlvb/documents-domain';
import { withdrawnSince } from '@qlvb/platform-access';
import type { AccessGrant } from '@qlvb/platform-access';
import { Database, update } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { accessObject, DocumentAccess, tookPart } from '../access/document-access.ts';
import { handles } from './incoming-access.ts';
import { IncomingDocument } from './incoming.entity.ts';
import type { Handling } from './incoming.entity.ts';
import { IncomingNotFound } from './incoming.problems.ts';

/** Whom a direction opens the document, as it was decided at a time. */
export interface Directed {
  readonly by: Person;
  readonly handlers: readonly Person[];
  readonly at: Date;
}

type Seeing = { readonly directed: Directed; readonly did?: never } | { readonly did: Person };

/** Follows the work that workflow directs. */
@Injectable()
export class HandlingService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
  ) {}

  /**
   * @param seenBy who sees the document from now on: by a direction, or as the one who did the step
   * @source NĐ30-A4-3
   * @source EX-ST-2
   */
  record(documentId: string, step: HandlingStep, change: Handling, seenBy: Seeing): Promise<void> {
    return update(
      this.database,
      {
        entity: IncomingDocument,
        id: documentId,
        missing: IncomingNotFound,
        action: `incoming-document.${step}`,
        access: 'told',
      },
      async (document, tx) => {
        document.state = followHandling(document.state, step);
        document.handling = { ...document.handling, ...change };
        if (seenBy.did) await this.access.giveForWork(tx, document, seenBy.did);
        else await this.access.give(tx, document, await this.#directed(tx, document, seenBy.directed));
      },
    );
  }

  /**
   * Of a direction that came to be known after a withdrawal which came after it, that one is left as it was withdrawn: who directed knows
   * of it, since the withdrawal is told to the leaders.
   *
   * @source NĐ30-PL6-F3b
   */
  async #directed(tx: Tx, document: IncomingDocument, { by, handlers, at }: Directed): Promise<AccessGrant[]> {
    const taken = await withdrawnSince(tx, accessObject(document), [by, ...handlers], at);
    const kept = handlers.filter(({ userId }) => !taken.has(userId));
    return [...(taken.has(by.userId) ? [] : tookPart(by.userId)), ...handles(...kept)];
  }
}
