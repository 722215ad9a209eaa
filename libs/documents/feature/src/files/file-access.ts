import type { Actor } from '@qlvb/platform-context';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { mayReadIncoming } from '../incoming/incoming-access.ts';
import { IncomingDocument } from '../incoming/incoming.entity.ts';
import { maySee } from '../outgoing/outgoing-access.ts';
import { OutgoingDocument } from '../outgoing/outgoing.entities.ts';
import { FileUseEntity } from './file.entity.ts';
import type { StoredFileEntity } from './file.entity.ts';

/**
 * A file opens with a document that holds it; before that only to the person who uploaded it.
 *
 * @source SEC-Z02
 */
export async function mayReadFile(manager: EntityManager, file: StoredFileEntity, actor: Actor): Promise<boolean> {
  if (file.uploadedBy === actor.userId) return true;
  const uses = await manager.findBy(FileUseEntity, { fileId: file.id });
  const ids = (direction: FileUseEntity['direction']): string[] =>
    uses.filter((use) => use.direction === direction).map((use) => use.documentId);
  const outgoing = await manager.findBy(OutgoingDocument, { id: In(ids('outgoing')) });
  if (outgoing.some((document) => maySee(document, actor))) return true;
  const incoming = await manager.findBy(IncomingDocument, { id: In(ids('incoming')) });
  return incoming.some((document) => mayReadIncoming(document, actor));
}
