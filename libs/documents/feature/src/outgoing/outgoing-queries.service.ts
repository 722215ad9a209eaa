import { Inject, Injectable } from '@nestjs/common';
import { refusalReasonLabel } from '@qlvb/contracts';
import { possibleOutgoingActs, withoutIdleActs } from '@qlvb/documents-domain';
import { accessPage } from '@qlvb/platform-access';
import type { Actor } from '@qlvb/platform-context';
import { Database, reach } from '@qlvb/platform-database';
import { say, searchPatterns } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import { z } from 'zod';
import { DocumentAccess } from '../access/document-access.ts';
import { rolesOf } from './outgoing-access.ts';
import type { OutgoingDetail, OutgoingQuery, OutgoingView } from './outgoing.dto.ts';
import { DeliveryStatusEntity, DraftVersionEntity, OutgoingDocument, ReviewCheckEntity } from './outgoing.entities.ts';
import { withoutSeparated } from './outgoing-separations.ts';
import { OutgoingNotFound } from './outgoing.problems.ts';
import { fileView, outgoingView } from './outgoing.view.ts';

/** Reading outgoing documents: one with its whole history, and lists. */
@Injectable()
export class OutgoingQueries {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
  ) {}

  /** @throws OutgoingNotFound @source NĐ30-PL6-F5a */
  get(id: string, actor: Actor): Promise<z.input<typeof OutgoingDetail>> {
    return this.database.read(async (manager) => {
      const access = this.access.outgoing(actor);
      const { row: document, rights } = await reach(manager, {
        entity: OutgoingDocument,
        id,
        missing: OutgoingNotFound,
        access,
      });
      const reviews = await manager.find(ReviewCheckEntity, { where: { documentId: id }, order: { checkedAt: 'ASC' } });
      const versions = await manager.find(DraftVersionEntity, {
        where: { documentId: id },
        order: { draftVersion: 'ASC' },
      });
      const deliveries = await manager.find(DeliveryStatusEntity, {
        where: { documentId: id },
        order: { recipientCode: 'ASC' },
      });
      return {
        ...outgoingView(document),
        allowedActs: withoutIdleActs(
          withoutSeparated(possibleOutgoingActs(document.state, rolesOf(rights)), document, reviews, actor.userId),
          {
            replacement: document.attachmentReplacement?.outcome,
            correction: document.correction?.outcome,
            isNumbered: document.number !== null,
          },
        ),
        reviews: reviews.map(({ aspect, outcome, comment, draftVersion, checkedBy, checkedAt }) => ({
          check: aspect,
          outcome,
          comment,
          draftVersion,
          checkedBy,
          checkedAt,
        })),
        versions: versions.map(({ draftVersion, createdAt, author, content, superseded }) => ({
          draftVersion,
          createdAt,
          author,
          files: content.files.map(fileView),
          superseded: superseded && {
            ...superseded,
            files: superseded.files.map(fileView),
            supersededAt: new Date(superseded.supersededAt),
          },
        })),
        deliveries: deliveries.map(({ deliveryId, recipientName, recipientCode, status, at, reason }) => ({
          deliveryId,
          recipientName,
          recipientCode,
          status,
          at,
          reason: reason === null ? null : say(refusalReasonLabel(reason)),
        })),
      };
    });
  }

  /** Newest first; words are found with and without marks. @source CHR-05 */
  list(query: z.output<typeof OutgoingQuery>, actor: Actor): Promise<Page<z.input<typeof OutgoingView>>> {
    const { limit, cursor, ...filter } = query;
    return this.database.read(async (manager) => {
      const asked = { limit, cursor, filter };
      const page = await accessPage(this.access.outgoing(actor), asked, {
        manager,
        entity: OutgoingDocument,
        at: 'createdAt',
        where: [...(filter.state ? ['d.state = :state'] : []), ...(filter.year ? ['d.registerYear = :year'] : [])],
        parameters: { state: filter.state, year: filter.year },
        ...(filter.query ? { words: { patterns: searchPatterns(filter.query), find: 'find_outgoing' } } : {}),
      });
      return { ...page, items: page.items.map(outgoingView) };
    });
  }
}
