import type { IncomingRole } from '@qlvb/documents-domain';
import type { Actor } from '@qlvb/platform-context';
import type { IncomingDocument } from './incoming.entity.ts';

/** The capacities in which a person stands to incoming documents. */
export const rolesOf = (actor: Actor): IncomingRole[] => [
  ...(actor.permissions.includes('incoming-documents.accept') ? (['clerk'] as const) : []),
  ...(actor.permissions.includes('instructions.issue') ? (['leader'] as const) : []),
];

/** Clerks register, leaders direct, auditors look: they see every incoming document of the agency. */
export const seesAllIncoming = (actor: Actor): boolean =>
  ['incoming-documents.accept', 'instructions.issue', 'audit.read'].some((permission) =>
    actor.permissions.includes(permission),
  );

/**
 * Others see what they were given to handle.
 *
 * @source SEC-Z02
 */
export const mayReadIncoming = (document: IncomingDocument, actor: Actor): boolean =>
  seesAllIncoming(actor) || document.participants.includes(actor.userId);
