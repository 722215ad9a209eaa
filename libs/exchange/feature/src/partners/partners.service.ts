import { Inject, Injectable } from '@nestjs/common';
import { DirectoryAgency } from '@qlvb/directory';
import { Database } from '@qlvb/platform-database';
import { decodeCursor, toPage } from '@qlvb/platform-http';
import { z } from 'zod';

/** Agencies of the exchange that are there today. */
@Injectable()
export class PartnersService {
  constructor(@Inject(Database) private readonly database: Database) {}

  list({ limit, cursor }: { limit: number; cursor?: string | undefined }) {
    const [after] = cursor ? decodeCursor(cursor, {}, z.tuple([z.string()])) : [''];
    return this.database.read(async (manager) => {
      const rows = await manager
        .createQueryBuilder(DirectoryAgency, 'a')
        .where('a.code > :after AND (a.validTo IS NULL OR a.validTo >= current_date)', { after })
        .orderBy('a.code')
        .take(limit + 1)
        .getMany();
      const page = toPage(rows, limit, {}, (row) => [row.code]);
      const items = page.items.map(({ agencyId, code, legacyCode, name }) => ({ agencyId, code, legacyCode, name }));
      return { items, nextCursor: page.nextCursor };
    });
  }
}
