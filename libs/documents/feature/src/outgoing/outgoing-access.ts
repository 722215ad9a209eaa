import type { OutgoingRole } from '@qlvb/documents-domain';
import type { Actor } from '@qlvb/platform-context';
import type { OutgoingDocument } from './outgoing.entities.ts';
import { OutgoingMissing } from './outgoing.problems.ts';

/** The capacities in which a person stands to one outgoing document. */
export function rolesOn(document: OutgoingDocument, actor: Actor): OutgoingRole[] {
  const roles: OutgoingRole[] = [];
  if (document.drafter.postId === actor.postId) roles.push('drafter');
  if (headsUnit(document, actor)) roles.push('unit_head');
  if (actor.permissions.includes('outgoing-documents.layout-check')) roles.push('layout_checker');
  if (document.signer.postId === actor.postId) roles.push('signer');
  if (actor.permissions.includes('outgoing-documents.register')) roles.push('clerk');
  return roles;
}

/** Those who see every outgoing document of the agency by their work; administrators are not among them. @source SEC-Z05 */
export const seesAll = (actor: Actor): boolean =>
  ['outgoing-documents.register', 'outgoing-documents.layout-check', 'audit.read'].some((permission) =>
    actor.permissions.includes(permission),
  );

/**
 * Participation or role opens a document; belonging to the agency alone does not.
 *
 * @source SEC-Z02
 */
export const maySee = (document: OutgoingDocument, actor: Actor): boolean =>
  seesAll(actor) || document.participants.includes(actor.userId) || headsUnit(document, actor);

/** A document one may not see is not there. @throws OutgoingMissing */
export function hide(document: OutgoingDocument, actor: Actor): void {
  if (!maySee(document, actor)) throw OutgoingMissing({ id: document.id });
}

/** From now on the person has taken part, and sees the document. */
export function join(document: OutgoingDocument, userId: string): void {
  if (!document.participants.includes(userId)) document.participants = [...document.participants, userId];
}

const headsUnit = (document: OutgoingDocument, actor: Actor): boolean =>
  actor.unitId === document.leadUnitId && actor.permissions.includes('outgoing-documents.content-check');
