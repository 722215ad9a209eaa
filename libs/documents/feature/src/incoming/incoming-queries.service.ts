import { Inject, Injectable } from '@nestjs/common';
import { isAcceptable, possibleIncomingActs } from '@qlvb/documents-domain';
import { accessPage } from '@qlvb/platform-access';
import type { Actor } from '@qlvb/platform-context';
import { Database, reach } from '@qlvb/platform-database';
import { searchPatterns } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import { z } from 'zod';
import { DocumentAccess } from '../access/document-access.ts';
import { rolesOf } from './incoming-access.ts';
import type { IncomingDetail, IncomingQuery, IncomingView } from './incoming.dto.ts';
import { IncomingDocument } from './incoming.entity.ts';
import { IncomingNotFound } from './incoming.problems.ts';
import { incomingView } from './incoming.view.ts';
import { duplicates } from './registration.service.ts';

/** Reading incoming documents. */
@Injectable()
export class IncomingQueries {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
  ) {}

  /** @throws IncomingNotFound */
  get(id: string, actor: Actor): Promise<z.input<typeof IncomingDetail>> {
    return this.database.read(async (manager) => {
      const access = this.access.incoming(actor);
      const { row: document, rights } = await reach(manager, {
        entity: IncomingDocument,
        id,
        missing: IncomingNotFound,
        access,
      });
      const same = await duplicates(manager, document, access);
      return {
        ...incomingView(document),
        allowedActs: possibleIncomingActs(document.state, rolesOf(rights)).filter(
          (act) => act !== 'accept' || isAcceptable(document.verification ?? undefined),
        ),
        possibleDuplicates: same.map((other) => ({
          documentId: other.id,
          arrivalNumber: other.arrivalNumber,
          documentCode: other.code,
        })),
      };
    });
  }

  /** Newest arrivals first. */
  list(query: z.output<typeof IncomingQuery>, actor: Actor): Promise<Page<z.input<typeof IncomingView>>> {
    const { limit, cursor, ...filter } = query;
    return this.database.read(async (manager) => {
      const asked = { limit, cursor, filter };
      const page = await accessPage(this.access.incoming(actor), asked, {
        manager,
        entity: IncomingDocument,
        at: 'arrivedAt',
        where: [...(filter.state ? ['d.state = :state'] : []), ...(filter.year ? ['d.arrivalYear = :year'] : [])],
        parameters: { state: filter.state, year: filter.year },
        ...(filter.query ? { words: { patterns: searchPatterns(filter.query), find: 'find_incoming' } } : {}),
      });
      return { ...page, items: page.items.map(incomingView) };
    });
  }
}
