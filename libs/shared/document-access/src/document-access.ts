import { Inject, Injectable } from '@nestjs/common';
import { ACCESS_KINDS, standingRights } from '@qlvb/contracts';
import { accessTo } from '@qlvb/platform-access';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import type { RowAccess } from '@qlvb/platform-database';
import type { EntityManager } from 'typeorm';

/** What hangs on documents that one person may see; as it is, of rows with a `documentId`. */
export interface VisibleDocuments extends RowAccess {
  /** SQL that holds when he may see the document. @param documentId expression of its id */
  on(documentId: string): string;
}

/** Who may see a document, by the copy that this service keeps of its access rows. */
@Injectable()
export class DocumentAccess {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * A document whose rows have not come is nobody's, whatever rights stand for all of them.
   *
   * @source SEC-Z02
   * @source SEC-Z05
   */
  visibleTo(actor: Actor): VisibleDocuments {
    const kinds = ACCESS_KINDS.map((kind) => ({
      kind,
      access: accessTo(kind, actor, this.database.now()),
      standing: standingRights(kind, actor.permissions).length > 0,
    }));
    const on = (documentId: string): string => {
      const came = (kind: string): string =>
        `EXISTS (SELECT 1 FROM access_object o WHERE o.object_kind = '${kind}' AND o.object_id = ${documentId})`;
      return `(${kinds.map(({ kind, access, standing }) => (standing ? came(kind) : access.on(documentId))).join(' OR ')})`;
    };
    return {
      on,
      where: (alias) => on(`${alias}.documentId`),
      parameters: Object.assign({}, ...kinds.map(({ access }) => access.parameters)) as Record<string, unknown>,
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
