import { Inject, Injectable } from '@nestjs/common';
import type { Person } from '@qlvb/contracts';
import { followHandling } from '@qlvb/documents-domain';
import type { HandlingStep } from '@qlvb/documents-domain';
import type { AccessGrant } from '@qlvb/platform-access';
import { Database, update } from '@qlvb/platform-database';
import { DocumentAccess } from '../access/document-access.ts';
import { IncomingDocument } from './incoming.entity.ts';
import type { Handling } from './incoming.entity.ts';
import { IncomingNotFound } from './incoming.problems.ts';

type Seeing = { readonly directed: readonly AccessGrant[]; readonly did?: never } | { readonly did: Person };

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
        else await this.access.give(tx, document, seenBy.directed);
      },
    );
  }
}
