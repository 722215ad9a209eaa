import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import { inOrder, keysetPage } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import { z } from 'zod';
import { DocumentAccess } from '../access/document-access.ts';
import { IncomingDocument } from '../incoming/incoming.entity.ts';
import { OutgoingDocument } from '../outgoing/outgoing.entities.ts';
import { incomingEntryOf, outgoingEntryOf } from './registers.dto.ts';
import type { IncomingRegisterEntry, OutgoingRegisterEntry, RegisterQuery } from './registers.dto.ts';

type Query = z.output<typeof RegisterQuery>;

/** The two registers of a year, by number; of what the reader may see. */
@Injectable()
export class RegistersService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
  ) {}

  outgoing(year: number, query: Query, actor: Actor): Promise<Page<z.input<typeof OutgoingRegisterEntry>>> {
    const access = this.access.outgoing(actor);
    return this.database.read(async (manager) => {
      const page = await keysetPage(query, {
        scope: { year },
        keys: z.tuple([z.string(), z.int()]),
        query: (after) =>
          inOrder(
            manager
              .createQueryBuilder(OutgoingDocument, 'd')
              .where('d.registerYear = :year AND d.number IS NOT NULL', { year })
              .andWhere(access.where('d'), access.parameters),
            'ASC',
            ['d.sequenceKey', 'd.number'],
            after,
          ),
        keysOf: (row) => [row.sequenceKey ?? '', row.number ?? 0],
      });
      return { ...page, items: page.items.map(outgoingEntryOf) };
    });
  }

  incoming(year: number, query: Query, actor: Actor): Promise<Page<z.input<typeof IncomingRegisterEntry>>> {
    const access = this.access.incoming(actor);
    return this.database.read(async (manager) => {
      const page = await keysetPage(query, {
        scope: { year },
        keys: z.tuple([z.int()]),
        query: (after) =>
          inOrder(
            manager
              .createQueryBuilder(IncomingDocument, 'd')
              .where('d.arrivalYear = :year AND d.arrivalNumber IS NOT NULL', { year })
              .andWhere(access.where('d'), access.parameters),
            'ASC',
            ['d.arrivalNumber'],
            after,
          ),
        keysOf: (row) => [row.arrivalNumber ?? 0],
      });
      return { ...page, items: page.items.map(incomingEntryOf) };
    });
  }
}
