import { Inject, Injectable } from '@nestjs/common';
import { ACCESS_KINDS } from '@qlvb/contracts';
import type { AccessKind } from '@qlvb/contracts';
import { accessTo } from '@qlvb/platform-access';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import type { RowAccess } from '@qlvb/platform-database';
import type { EntityManager } from 'typeorm';

/** What hangs on documents that one person may see; as it is, of rows with a `documentId`. */
export interface VisibleDocuments extends RowAccess {
  /** SQL that holds when he may see the document. @param documentId expression of its id */
  on(documentId: string): string;
  /**
   * SQL that holds when a document was withdrawn from him by hand and he may not see it.
   *
   * @param documentId expression of its id
   */
  withdrawn(documentId: string): string;
}

/** Who may see a document, by the copy that this service keeps of its access rows. */
@Injectable()
export class DocumentAccess {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * A document whose rows have not come is nobody's, whatever registers are open.
   *
   * @param kinds of which the documents are, where that is known
   * @source SEC-Z02
   * @source SEC-Z05
   */
  visibleTo(actor: Actor, kinds: readonly AccessKind[] = ACCESS_KINDS): VisibleDocuments {
    const access = kinds.map((kind) => accessTo(kind, actor, this.database.now()));
    const [standing, others] = [access.filter(({ mayStand }) => mayStand), access.filter(({ mayStand }) => !mayStand)];
    const on = (documentId: string): string => {
      // One by one, where it may be any of the agency's.
      const oneByOne = standing.map((one) => one.on(documentId));
      // The other way round: from the few that are his, so that a list needs not be read to its end to find them.
      const his = others.length > 0 ? [`${documentId} IN (${others.map(({ ids }) => ids).join(' UNION ALL ')})`] : [];
      return `(${[...oneByOne, ...his].join(' OR ')})`;
    };
    const withdrawn = (documentId: string): string =>
      `(${documentId} IN (SELECT a.object_id FROM access_row a
        WHERE a.object_kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')}) AND a.principal_id = ANY(:accessPrincipals) AND a.revoked_at IS NOT NULL) AND NOT ${on(documentId)})`;
    return {
      on,
      withdrawn,
      where: (alias) => on(`${alias}.documentId`),
      parameters: accessTo('outgoing-document', actor, this.database.now()).parameters,
    };
  }

  /** Those of several documents that he may see. */
  async among(manager: EntityManager, documentIds: readonly string[], actor: Actor): Promise<ReadonlySet<string>> {
    if (documentIds.length === 0) return new Set();
    const { on, parameters } = this.visibleTo(actor);
    const seen = await manager
      .createQueryBuilder()
      .select('d.id', 'id')
      .from('(SELECT unnest(CAST(:documentIds AS uuid[])) AS id)', 'd')
      .where(on('d.id'), { ...parameters, documentIds })
      .getRawMany<{ id: string }>();
    return new Set(seen.map(({ id }) => id));
  }
}
