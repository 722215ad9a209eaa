import { Inject, Injectable } from '@nestjs/common';
import { accessRightPage, accessRightView, namedRights, WAITS } from '@qlvb/access-by-hand';
import type { AccessRightEntity, NamedRight } from '@qlvb/access-by-hand';
import type { AccessKind, AccessRight } from '@qlvb/contracts';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import type { Page } from '@qlvb/platform-http';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { z } from 'zod';
import { IncomingDocument } from '../incoming/incoming.entity.ts';
import { OutgoingDocument } from '../outgoing/outgoing.entities.ts';
import type { AccessRightQuery, AccessRightView } from './access.dto.ts';
import { DocumentAccess, MAY_CHANGE } from './document-access.ts';

type View = z.input<typeof AccessRightView>;

/** Reading who may see a document, and what waits for a second person. */
@Injectable()
export class AccessRightQueries {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
  ) {}

  /**
   * Every right to one document, the newest first, for those who may change them.
   *
   * @throws OutgoingNotFound, IncomingNotFound, AccessNotYoursToChange
   * @source NĐ30-PL6-F3b
   */
  list(kind: AccessKind, id: string, query: z.output<typeof AccessRightQuery>, actor: Actor): Promise<Page<View>> {
    return this.database.read(async (manager) => {
      await this.access.changeable(manager, { kind, id }, actor);
      const builder = namedDocumentRights(manager).where('r.objectKind = :kind AND r.objectId = :id', { kind, id });
      return page(await accessRightPage(builder, query, { kind, id }), this.database.now());
    });
  }

  /** What waits for a second person, on the documents whose access the actor may change. @source NĐ30-PL6-F3c */
  waiting(query: z.output<typeof AccessRightQuery>, actor: Actor): Promise<Page<View>> {
    const [outgoing, incoming] = [this.access.outgoing(actor), this.access.incoming(actor)];
    return this.database.read(async (manager) => {
      const builder = namedDocumentRights(manager)
        .where(WAITS, { now: this.database.now() })
        .andWhere(
          `(r.objectKind = 'outgoing-document' AND ${outgoing.on('r.object_id', MAY_CHANGE['outgoing-document'])}
            OR r.objectKind = 'incoming-document' AND ${incoming.on('r.object_id', MAY_CHANGE['incoming-document'])})`,
        )
        .setParameters(outgoing.parameters);
      return page(await accessRightPage(builder, query, { waiting: true }), this.database.now());
    });
  }
}

export const documentRightView = (named: NamedRight, now: Date): View => {
  const { objectKind, objectId, right } = named.right;
  return {
    ...accessRightView(named, now),
    right: right as AccessRight,
    documentKind: objectKind as AccessKind,
    documentId: objectId,
    subject: named.subject,
  };
};

const page = (found: Page<NamedRight>, now: Date): Page<View> => ({
  ...found,
  items: found.items.map((one) => documentRightView(one, now)),
});

export const namedDocumentRights = (manager: EntityManager): SelectQueryBuilder<AccessRightEntity> =>
  namedRights(manager, 'coalesce(o.subject, i.subject)')
    .leftJoin(OutgoingDocument, 'o', `r.objectKind = 'outgoing-document' AND o.id = r.objectId`)
    .leftJoin(IncomingDocument, 'i', `r.objectKind = 'incoming-document' AND i.id = r.objectId`);
