import { Controller, Inject, Module } from '@nestjs/common';
import { OutgoingDetail, OutgoingQueries, OutgoingQuery, OutgoingView } from '@qlvb/documents-feature';
import type { DocumentAccess } from '@qlvb/documents-feature';
import type { ObjectAccess } from '@qlvb/platform-access';
import { Database, PREPARED } from '@qlvb/platform-database';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { z } from 'zod';
import { COMMON } from './made-documents.ts';

/** As far as a search without the condition looks for a common word: enough for a page, and for a total that is exact so far. */
const LOOKED_THROUGH = 2_000;

/** What an actor may reach, when all of the agency is open to him: the same queries without the condition. */
export const everything: ObjectAccess = {
  on: () => 'TRUE',
  where: () => 'TRUE',
  parameters: {},
  ids: '',
  mayStand: false,
  stands: 'FALSE',
  standing: () => Promise.resolve([]),
  list: ({ manager, entity, at, where = [], parameters = {}, words, after }) => {
    const rows = () => {
      const builder = manager.createQueryBuilder(entity, 'd').comment(PREPARED).where('true').setParameters(parameters);
      for (const condition of where) builder.andWhere(condition);
      if (words) builder.andWhere(searching(builder, words)).setParameter('words', words.patterns);
      if (after) builder.andWhere(`(d.${at}, d.id) < (:at::timestamptz, :id::uuid)`, { at: after[0], id: after[1] });
      return builder.orderBy(`d.${at}`, 'DESC').addOrderBy('d.id', 'DESC');
    };
    return {
      take: (limit) => rows().limit(limit).getMany(),
      count: async (limit) => (await rows().select('1', 'one').orderBy().limit(limit).getRawMany()).length,
    };
  },
};

/** Each as is best for it: what every document has is met among the newest, what one has is asked of the index. */
function searching(
  builder: SelectQueryBuilder<ObjectLiteral>,
  { patterns, find }: { readonly patterns: readonly string[]; readonly find: string },
): string {
  if (!patterns.some((pattern) => pattern.includes(COMMON))) return `d.id IN (SELECT ${find}(:words))`;
  builder.innerJoin(
    `(SELECT one.id FROM outgoing_document one ORDER BY one.created_at DESC, one.id DESC LIMIT ${LOOKED_THROUGH})`,
    'newest',
    'newest.id = d.id',
  );
  return 'd.search ~ ALL (:words)';
}

const params = z.object({ documentId: z.uuid() });
const openList = operation({
  id: 'listWithoutAccess',
  method: 'GET',
  path: '/bench/outgoing-documents',
  summary: { vi: 'Không hỏi quyền', en: 'Without the access condition' },
  permission: 'outgoing-documents.read',
  query: OutgoingQuery,
  response: { status: 200, schema: pageOf(OutgoingView) },
});
const openGet = operation({
  id: 'getWithoutAccess',
  method: 'GET',
  path: '/bench/outgoing-documents/:documentId',
  summary: { vi: 'Không hỏi quyền', en: 'Without the access condition' },
  permission: 'outgoing-documents.read',
  etag: 'returns',
  params,
  response: { status: 200, schema: OutgoingDetail },
});

/** The service's own reading, all of the agency open. */
@Controller()
class WithoutAccess {
  readonly #queries: OutgoingQueries;

  constructor(@Inject(Database) database: Database) {
    this.#queries = new OutgoingQueries(database, { outgoing: () => everything } as unknown as DocumentAccess);
  }

  @Operation(openList)
  list({ query, actor }: Input<typeof openList>) {
    return this.#queries.list(query, actor);
  }

  @Operation(openGet)
  get({ params: { documentId }, actor }: Input<typeof openGet>) {
    return this.#queries.get(documentId, actor);
  }
}

@Module({ controllers: [WithoutAccess] })
export class WithoutAccessModule {}
