import { Inject, Injectable } from '@nestjs/common';
import { DirectoryAgency } from '@qlvb/directory';
import { Database } from '@qlvb/platform-database';
import { inOrder, keysetPage } from '@qlvb/platform-http';
import { vietnamDate } from '@qlvb/vietnam';
import { z } from 'zod';

/** Agencies of the exchange that are there today. */
@Injectable()
export class PartnersService {
  constructor(@Inject(Database) private readonly database: Database) {}

  list({ limit, cursor }: { limit: number; cursor?: string | undefined }) {
    return this.database.read(async (manager) => {
      const page = await keysetPage(
        { limit, cursor },
        {
          scope: {},
          keys: z.tuple([z.string()]),
          query: (after) =>
            inOrder(
              manager
                .createQueryBuilder(DirectoryAgency, 'a')
                .where('(a.validTo IS NULL OR a.validTo >= :today)', { today: vietnamDate(this.database.now()) }),
              'ASC',
              ['a.code'],
              after,
            ),
          keysOf: (row) => [row.code],
        },
      );
      return {
        ...page,
        items: page.items.map(({ agencyId, code: agencyCode, legacyCode, name }) => ({
          agencyId,
          agencyCode,
          legacyCode,
          name,
        })),
      };
    });
  }
}
