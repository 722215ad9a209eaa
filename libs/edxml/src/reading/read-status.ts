import { comparableCode } from '../codes/agency-code.ts';
import { statusOf } from '../codes/code-lists.ts';
import type { DocumentPointer, DocumentTarget, Loose, ReceivedStatus } from '../package/model.ts';
import { said } from './group.ts';
import type { Group } from './group.ts';
import { readContact, readParty, readPointer } from './read-common.ts';
import { padStatus } from './values.ts';

/**
 * A status package: who reports what about which document. Codes outside the list are kept and shown as unknown.
 *
 * @source R11
 * @source D17
 */
export function readStatus(header: Group): ReceivedStatus {
  const { reading, path } = header;
  const sender = readParty(header.group('From'), true);
  const about = readPointer(header.group('ResponseFor'), true);
  const written = header.text('StatusCode', { isRequired: true });
  const status = written === undefined ? undefined : padStatus(written);
  if (status !== written) reading.note('status-padded', `${path}.StatusCode`, written);
  if (status !== undefined && !statusOf(status)) reading.note('status-unknown', `${path}.StatusCode`, status);
  const [from, to] = [sender.agencyCode, about.agencyCode];
  if (from === undefined || (to !== undefined && comparableCode(from) === comparableCode(to))) {
    // some systems write the document's sender in both places: only the axis then knows who answered
    reading.note('status-sender-unclear', `${path}.From.OrganId`, from);
  }
  const targets = targetsOf(about);
  if (targets.length === 0) reading.note('target-missing', `${path}.ResponseFor.DocumentId`);
  return {
    ...said({
      sender,
      contact: readContact(header.group('StaffInfo')),
      status,
      description: header.text('Description', { limit: 'Description' }),
      at: header.instant('Timestamp', { isRequired: true }),
    }),
    about,
    targets,
  };
}

/** By the identifier, else by code and date. */
function targetsOf({ documentId, documentCode, issuedOn, agencyCode }: Loose<DocumentPointer>): DocumentTarget[] {
  const targets: DocumentTarget[] = [];
  if (documentId !== undefined) targets.push({ by: 'response', documentId });
  if (documentCode !== undefined && agencyCode !== undefined) {
    targets.push({ by: 'code', agencyCode, documentCode, ...said({ issuedOn }) });
  }
  return targets;
}
