import { Inject, Injectable } from '@nestjs/common';
import { performIncomingAct } from '@qlvb/documents-domain';
import type { IncomingAct } from '@qlvb/documents-domain';
import { Database, update } from '@qlvb/platform-database';
import { IncomingDocument } from './incoming.entity.ts';
import type { Handling } from './incoming.entity.ts';
import { IncomingMissing } from './incoming.problems.ts';

/** Follows the work that workflow directs. The leader's instruction is the presentation as well: it cannot come before. */
@Injectable()
export class HandlingService {
  readonly #database: Database;

  constructor(@Inject(Database) database: Database) {
    this.#database = database;
  }

  /** @source NĐ30-A4-3 */
  record(documentId: string, acts: readonly IncomingAct[], change: Handling): Promise<void> {
    return update(
      this.#database,
      {
        entity: IncomingDocument,
        id: documentId,
        missing: IncomingMissing,
        action: `incoming-document.${acts.at(-1) ?? 'handled'}`,
        authorise: () => undefined,
      },
      (document) => {
        for (const act of acts) {
          if (act === 'present' && document.state !== 'accepted') continue;
          document.state = performIncomingAct(document.state, act, ['clerk', 'leader', 'handler']);
        }
        document.handling = { ...document.handling, ...change };
      },
    );
  }
}
