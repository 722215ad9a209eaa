import { withdrawnByHand } from '@qlvb/platform-access';
import type { Actor } from '@qlvb/platform-context';
import type { RowAccess } from '@qlvb/platform-database';
import type { DocumentAccess } from '../access/document-access.ts';

/**
 * A file opens with a document that holds it; before that only to the person who uploaded it. Who put the file of a document into a
 * draft reads it there no more when that document is withdrawn from him, until the draft is issued: then it is part of a record that
 * is his to read as a whole.
 *
 * @source SEC-Z02
 * @source NĐ30-PL6-F3b
 */
export function fileAccess(access: DocumentAccess, actor: Actor): RowAccess {
  const outgoing = access.outgoing(actor);
  const incoming = access.incoming(actor);
  const opened = (use: string): string =>
    `(${use}.direction = 'outgoing' AND ${outgoing.on(`${use}.document_id`)}
      OR ${use}.direction = 'incoming' AND ${incoming.on(`${use}.document_id`)})`;
  const issued = `EXISTS (SELECT 1 FROM outgoing_document d WHERE d.id = u.document_id AND d.state = 'issued')`;
  const takenAway = `EXISTS (SELECT 1 FROM file_use w WHERE w.file_id = u.file_id AND w.document_id <> u.document_id
    AND ${withdrawnByHand(`w.direction || '-document'`, 'w.document_id')} AND NOT ${opened('w')})`;
  return {
    where: (alias) =>
      `(${alias}.uploadedBy = :uploader OR EXISTS (SELECT 1 FROM file_use u WHERE u.file_id = ${alias}.id AND ${opened('u')}
         AND (u.direction = 'incoming' OR ${issued} OR NOT ${takenAway})))`,
    parameters: { ...outgoing.parameters, uploader: actor.userId },
  };
}
