import type { Actor } from '@qlvb/platform-context';
import type { RowAccess } from '@qlvb/platform-database';
import type { DocumentAccess } from '../access/document-access.ts';

/**
 * A file opens with a document that holds it; before that only to the person who uploaded it.
 *
 * @source SEC-Z02
 */
export function fileAccess(access: DocumentAccess, actor: Actor): RowAccess {
  const outgoing = access.outgoing(actor);
  const incoming = access.incoming(actor);
  return {
    where: (alias) =>
      `(${alias}.uploadedBy = :uploader OR EXISTS (SELECT 1 FROM file_use u WHERE u.file_id = ${alias}.id AND (
         u.direction = 'outgoing' AND ${outgoing.on('u.document_id')}
         OR u.direction = 'incoming' AND ${incoming.on('u.document_id')})))`,
    parameters: { ...outgoing.parameters, uploader: actor.userId },
  };
}
