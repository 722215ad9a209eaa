import { statusOf } from '../codes/code-lists.ts';
import { PackageInvalid, SecretRefused } from '../edxml.problems.ts';
import type { StatusPackage } from '../package/model.ts';
import { statedSecrecyMarks } from '../reading/secrecy.ts';
import { checkContact, checkParty } from './check-document.ts';
import { Envelope, timestamp, writeContact, writeParty, writePointer } from './document-markup.ts';
import { Faults } from './faults.ts';
import { DEFAULT_NAMESPACE, Markup, PREFIX_NAMESPACE } from './markup.ts';

const HEADER = 'MessageHeader';

/**
 * A status package as text: who reports what about which document.
 *
 * @throws PackageInvalid with all faults; SecretRefused
 */
export function writeStatusPackage(status: StatusPackage): string {
  checkStatus(status);
  const markup = new Markup();
  const xml = new Envelope(markup);
  markup.declaration();
  markup.start('edXML', DEFAULT_NAMESPACE);
  markup.start('edXML:edXMLEnvelope', PREFIX_NAMESPACE);
  xml.group('edXMLHeader', () => {
    xml.group('MessageHeader', () => {
      writeParty(xml, 'From', status.sender);
      writePointer(xml, status.about);
      writeContact(xml, status.contact);
      xml.value('StatusCode', status.status);
      xml.value('Description', status.description);
      xml.value('Timestamp', timestamp(status.at));
    });
  });
  markup.end();
  markup.end();
  return markup.take();
}

/** Refusals, take-backs and refused changes must say why. */
function checkStatus(status: StatusPackage): void {
  const faults = new Faults();
  const { about, description } = status;
  checkParty(faults, status.sender, 'From', '/sender');
  const path = `${HEADER}.ResponseFor`;
  faults.agencyCode(about.agencyCode, `${path}.OrganId`, '/about/agencyCode');
  const code = { limit: 'ResponseFor.Code', isRequired: true } as const;
  faults.text(about.documentCode, `${path}.Code`, '/about/documentCode', code);
  const id = { limit: 'ResponseFor.DocumentId', isRequired: true } as const;
  faults.text(about.documentId, `${path}.DocumentId`, '/about/documentId', id);
  faults.date(about.issuedOn, `${path}.PromulgationDate`, '/about/issuedOn');
  checkContact(faults, status.contact, HEADER, '/contact');
  const row = statusOf(status.status);
  if (!row) faults.add('M', `${HEADER}.StatusCode`, '/status');
  const isRequired = row?.needsReason ?? false;
  faults.text(description, `${HEADER}.Description`, '/description', { limit: 'Description', isRequired });
  faults.instant(status.at, `${HEADER}.Timestamp`, '/at');
  if (statedSecrecyMarks(status).length > 0) throw SecretRefused();
  if (faults.list.length > 0) throw PackageInvalid({ count: faults.list.length }, { faults: faults.list });
}
