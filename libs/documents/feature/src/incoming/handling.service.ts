import { Inject, Injectable } from '@nestjs/common';
import type { Person } from '@qlvb/contracts';
import { followHandling } from '@qlvb/documents-domain';
import type { HandlingStep } from '@qlvb/documents-domain';
import { Database, update } from '@qlvb/platform-database';
import { IncomingDocument } from './incoming.entity.ts';
import type { Handling } from './incoming.entity.ts';
import { IncomingMissing } from './incoming.problems.ts';

/** Follows the work that workflow directs. */
@Injectable()
export class HandlingService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * @param people who takes part from now on
   * @source NĐ30-A4-3
   * @source EX-ST-2
   */
  record(documentId: string, step: HandlingStep, change: Handling, people: readonly Person[]): Promise<void> {
    return update(
      this.database,
      {
        entity: IncomingDocument,
        id: documentId,
        missing: IncomingMissing,
        action: `incoming-document.${step}`,
        authorise: () => undefined,
      },
      (document) => {
        document.state = followHandling(document.state, step);
        document.handling = { ...document.handling, ...change };
        const everybody = [...document.participants, ...people.map(({ userId }) => userId)];
        document.participants = [...new Set(everybody)];
      },
    );
  }
}
