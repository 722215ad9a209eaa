import { formatVietnamTime } from '@qlvb/vietnam';
import type { CalendarDate } from '@qlvb/vietnam';
import { BUSINESS_TYPES, businessCode, priorityCode, RECEIVER_CHANGES } from '../codes/code-lists.ts';
import type { Business, Contact, DocumentPackage, DocumentPointer, Party } from '../package/model.ts';
import { cleaned } from './faults.ts';
import type { Markup } from './markup.ts';

const slashed = (date: CalendarDate | undefined): string | undefined => date?.replaceAll('-', '/');

/** Local time of Vietnam, `yyyy/MM/dd HH:mm:ss`. */
export const timestamp = (instant: Date): string =>
  formatVietnamTime(instant).slice(0, 19).replaceAll('-', '/').replace('T', ' ');

/** A writer inside the envelope, where every name has the prefix. */
export class Envelope {
  readonly #markup: Markup;

  constructor(markup: Markup) {
    this.#markup = markup;
  }

  group(name: string, children: () => void, attributes: Readonly<Record<string, string>> = {}): void {
    this.#markup.group(`edXML:${name}`, children, attributes);
  }

  value(name: string, value: string | number | boolean | undefined): void {
    this.#markup.value(`edXML:${name}`, typeof value === 'string' ? cleaned(value) : value);
  }

  values(name: string, values: readonly string[] | undefined): void {
    for (const value of values ?? []) this.value(name, value);
  }
}

export function writeParty(xml: Envelope, name: string, party: Party): void {
  xml.group(name, () => {
    xml.value('OrganId', party.agencyCode);
    xml.value('OrganizationInCharge', party.parentAgency);
    xml.value('OrganName', party.name);
    xml.value('OrganAdd', party.address);
    xml.value('Email', party.email);
    xml.value('Telephone', party.telephone);
    xml.value('Fax', party.fax);
    xml.value('Website', party.website);
  });
}

export function writePointer(xml: Envelope, pointer: DocumentPointer): void {
  xml.group('ResponseFor', () => {
    xml.value('OrganId', pointer.agencyCode);
    xml.value('Code', pointer.documentCode);
    xml.value('PromulgationDate', slashed(pointer.issuedOn));
    xml.value('DocumentId', pointer.documentId);
  });
}

export function writeContact(xml: Envelope, contact: Contact | undefined): void {
  xml.group('StaffInfo', () => {
    xml.value('Department', contact?.department);
    xml.value('Staff', contact?.name);
    xml.value('Email', contact?.email);
    xml.value('Mobile', contact?.mobile);
    xml.value('DepartmentId', contact?.departmentId);
    xml.value('StaffId', contact?.staffId);
  });
}

/** MessageHeader in the order of the axis' library, which every package since 2018 has. */
export function writeDocumentHeader(xml: Envelope, document: DocumentPackage): void {
  xml.group('MessageHeader', () => {
    writeParty(xml, 'From', document.sender);
    for (const party of document.recipients) writeParty(xml, 'To', party);
    xml.value('DocumentId', document.documentId);
    xml.group('Code', () => {
      xml.value('CodeNumber', document.codeNumber);
      xml.value('CodeNotation', document.codeNotation);
    });
    xml.group('PromulgationInfo', () => {
      xml.value('Place', document.placeOfIssue);
      xml.value('PromulgationDate', slashed(document.issuedOn));
    });
    xml.group('DocumentType', () => {
      xml.value('Type', document.documentType.type ?? 1);
      xml.value('TypeDetail', document.documentType.detail ?? 0);
      xml.value('TypeName', document.documentType.name);
    });
    xml.value('Subject', document.subject);
    xml.value('Content', document.summary);
    xml.group('SignerInfo', () => {
      xml.value('Competence', document.signer?.competence);
      xml.value('Position', document.signer?.position);
      xml.value('FullName', document.signer?.fullName);
    });
    xml.value('DueDate', slashed(document.dueOn));
    writeOtherInfo(xml, document);
    for (const answer of document.answers ?? []) writePointer(xml, answer);
    xml.value('SteeringType', document.steeringType ?? 0);
    xml.group('ResponseForTask', () => xml.values('TaskCode', document.taskCodes));
    xml.value('ApplicationType', document.applicationType);
    xml.group('ToPlaces', () => xml.values('Place', document.printedRecipients));
  });
}

function writeOtherInfo(xml: Envelope, document: DocumentPackage): void {
  xml.group('OtherInfo', () => {
    xml.value('Priority', priorityCode(document.priority ?? 'normal'));
    xml.value('SphereOfPromulgation', document.circulation);
    xml.value('TyperNotation', document.typist);
    xml.value('PromulgationAmount', document.copies);
    xml.value('PageAmount', document.pages);
    xml.value('Direction', document.isSteering ?? false);
    xml.group('Appendixes', () => xml.values('Appendix', document.appendices));
    xml.value('ReplyFors', document.replyFors);
    xml.value('ReferenceCodes', document.referenceCodes);
  });
}

/** One trace, the sender's own: every hub on the way adds its entry. */
export function writeTrace(xml: Envelope, document: DocumentPackage): void {
  xml.group('TraceHeaderList', () => {
    xml.group('TraceHeader', () => {
      xml.value('OrganId', document.sender.agencyCode);
      xml.value('Timestamp', timestamp(document.sentAt));
    });
    writeBusiness(xml, document.business);
  });
}

function writeBusiness(xml: Envelope, business: Business): void {
  const { type } = business;
  xml.group('Bussiness', () => {
    if (type === 'recall' || type === 'update') xml.value('DocumentId', business.documentId);
    xml.value('BussinessDocType', businessCode(type));
    xml.value('BussinessDocReason', business.reason ?? BUSINESS_TYPES.find(({ key }) => key === type)?.vi);
    xml.value('Paper', business.isPaperSent ? 1 : 0);
    if (type === 'update') writeUpdate(xml, business);
    if (type === 'replace') writeReplaced(xml, business);
    writeContact(xml, business.contact);
  });
}

function writeUpdate(
  xml: Envelope,
  { isDocumentChanged, receivers = [] }: Extract<Business, { type: 'update' }>,
): void {
  xml.group('BussinessDocumentInfo', () => {
    xml.value('DocumentInfo', isDocumentChanged ? 1 : 0);
    xml.value('DocumentReceiver', receivers.length > 0 ? 1 : 0);
    xml.group('ReceiverList', () => {
      for (const { agencyCode, change } of receivers) {
        xml.group('Receiver', () => {
          xml.value('OrganId', agencyCode);
          xml.value('ReceiverType', RECEIVER_CHANGES.find(({ key }) => key === change)?.code);
        });
      }
    });
  });
}

function writeReplaced(xml: Envelope, { replaced }: Extract<Business, { type: 'replace' }>): void {
  xml.group('ReplacementInfoList', () => {
    for (const { documentId, agencyCodes } of replaced) {
      xml.group('ReplacementInfo', () => {
        xml.value('DocumentId', documentId);
        xml.group('OrganIdList', () => xml.values('OrganId', agencyCodes));
      });
    }
  });
}
