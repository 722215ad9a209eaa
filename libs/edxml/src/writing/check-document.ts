import { vietnamDate } from '@qlvb/vietnam';
import { guessCurrentCode } from '../codes/agency-code.ts';
import { PackageInvalid, SecretRefused } from '../edxml.problems.ts';
import { statedSecrecyMarks } from '../reading/secrecy.ts';
import type { LimitedField } from '../package/field-limits.ts';
import type { Business, Contact, DocumentPackage, Party } from '../package/model.ts';
import { cleaned, Faults } from './faults.ts';

const UNSIGNED_SHORT = 65_535;
const HEADER = 'MessageHeader';
const BUSINESS = 'TraceHeaderList.Bussiness';

/** Texts of the header that have nothing but a length. */
const PLAIN_TEXTS: readonly (readonly [key: keyof DocumentPackage & string, field: LimitedField])[] = [
  ['placeOfIssue', 'PromulgationInfo.Place'],
  ['summary', 'Content'],
  ['circulation', 'OtherInfo.SphereOfPromulgation'],
  ['typist', 'OtherInfo.TyperNotation'],
  ['replyFors', 'OtherInfo.ReplyFors'],
  ['referenceCodes', 'OtherInfo.ReferenceCodes'],
  ['applicationType', 'ApplicationType'],
];
const TEXT_LISTS: readonly (readonly [key: keyof DocumentPackage & string, field: LimitedField])[] = [
  ['appendices', 'OtherInfo.Appendixes.Appendix'],
  ['taskCodes', 'ResponseForTask.TaskCode'],
  ['printedRecipients', 'ToPlaces.Place'],
];

/**
 * Holds a document package against the standard before anything is written. All faults are told at once.
 *
 * @param now the writer's clock: no document is issued in the future
 * @throws PackageInvalid with one fault per broken rule; SecretRefused
 * @source EX-SEC-1
 */
export function checkDocument(document: DocumentPackage, now: Date): void {
  if (statedSecrecyMarks(document).length > 0) throw SecretRefused();
  const faults = new Faults();
  checkParty(faults, document.sender, 'From', '/sender');
  checkRecipients(faults, document.recipients);
  checkIdentity(faults, document, now);
  faults.text(document.subject, `${HEADER}.Subject`, '/subject', { limit: 'Subject', isRequired: true });
  faults.text(document.documentType.name, `${HEADER}.DocumentType.TypeName`, '/documentType/name', {
    limit: 'DocumentType.TypeName',
    isRequired: true,
  });
  for (const [key, limit] of PLAIN_TEXTS) {
    faults.text(document[key] as string | undefined, `${HEADER}.${limit}`, `/${key}`, { limit });
  }
  for (const [key, limit] of TEXT_LISTS) {
    for (const [index, text] of ((document[key] as readonly string[] | undefined) ?? []).entries()) {
      faults.text(text, `${HEADER}.${limit}`, `/${key}/${index}`, { limit, isRequired: true });
    }
  }
  checkSigner(faults, document);
  checkNumbers(faults, document);
  checkAnswers(faults, document);
  checkBusiness(faults, document.business);
  faults.instant(document.sentAt, 'TraceHeaderList.TraceHeader.Timestamp', '/sentAt');
  if (faults.list.length > 0) throw PackageInvalid({ count: faults.list.length }, { faults: faults.list });
}

export function checkParty(faults: Faults, party: Party, group: string, pointer: string): void {
  const path = `${HEADER}.${group}`;
  faults.agencyCode(party.agencyCode, `${path}.OrganId`, `${pointer}/agencyCode`);
  const texts = {
    OrganName: ['name', party.name],
    OrganizationInCharge: ['parentAgency', party.parentAgency],
    OrganAdd: ['address', party.address],
    Email: ['email', party.email],
    Telephone: ['telephone', party.telephone],
    Fax: ['fax', party.fax],
    Website: ['website', party.website],
  } as const;
  for (const [name, [key, value]] of Object.entries(texts)) {
    const limit = `Party.${name as keyof typeof texts}` as const;
    faults.text(value, `${path}.${name}`, `${pointer}/${key}`, { limit, isRequired: name === 'OrganName' });
  }
}

export function checkContact(faults: Faults, contact: Contact | undefined, path: string, pointer: string): void {
  const texts = {
    Department: ['department', contact?.department],
    Staff: ['name', contact?.name],
    Mobile: ['mobile', contact?.mobile],
    Email: ['email', contact?.email],
    DepartmentId: ['departmentId', contact?.departmentId],
    StaffId: ['staffId', contact?.staffId],
  } as const;
  for (const [name, [key, value]] of Object.entries(texts)) {
    const limit = `StaffInfo.${name as keyof typeof texts}` as const;
    faults.text(value, `${path}.StaffInfo.${name}`, `${pointer}/${key}`, { limit });
  }
}

/** Axes refuse a package that names one agency twice, under one code or under both forms of it. */
function checkRecipients(faults: Faults, recipients: readonly Party[]): void {
  const seen = new Set<string>();
  if (recipients.length === 0) faults.add('N', `${HEADER}.To`, '/recipients');
  for (const [index, party] of recipients.entries()) {
    checkParty(faults, party, 'To', `/recipients/${index}`);
    const code = guessCurrentCode(party.agencyCode);
    if (seen.has(code)) faults.add('M', `${HEADER}.To.OrganId`, `/recipients/${index}/agencyCode`);
    seen.add(code);
  }
}

/** The identifier in its usual form, in agreement with the number, the notation and the date that stand beside it. */
function checkIdentity(faults: Faults, document: DocumentPackage, now: Date): void {
  const { codeNumber, codeNotation, issuedOn, documentId } = document;
  const number = { limit: 'Code.CodeNumber', isRequired: true } as const;
  faults.text(codeNumber, `${HEADER}.Code.CodeNumber`, '/codeNumber', number);
  const notation = { limit: 'Code.CodeNotation', isRequired: true } as const;
  faults.text(codeNotation, `${HEADER}.Code.CodeNotation`, '/codeNotation', notation);
  faults.date(issuedOn, `${HEADER}.PromulgationInfo.PromulgationDate`, '/issuedOn', true);
  if (issuedOn > vietnamDate(now)) faults.add('M', `${HEADER}.PromulgationInfo.PromulgationDate`, '/issuedOn');
  faults.text(documentId, `${HEADER}.DocumentId`, '/documentId', { limit: 'DocumentId', isRequired: true });
  const rest = `,${issuedOn.replaceAll('-', '/')},${cleaned(codeNumber)}/${cleaned(codeNotation)}`;
  if (documentId !== '' && !cleaned(documentId)?.endsWith(rest)) faults.add('T', `${HEADER}.DocumentId`, '/documentId');
}

function checkSigner(faults: Faults, { signer }: DocumentPackage): void {
  const path = `${HEADER}.SignerInfo`;
  faults.text(signer?.competence, `${path}.Competence`, '/signer/competence', { limit: 'SignerInfo.Competence' });
  faults.text(signer?.position, `${path}.Position`, '/signer/position', { limit: 'SignerInfo.Position' });
  faults.text(signer?.fullName, `${path}.FullName`, '/signer/fullName', { limit: 'SignerInfo.FullName' });
}

function checkNumbers(faults: Faults, document: DocumentPackage): void {
  const { documentType, copies, pages, steeringType, dueOn } = document;
  faults.date(dueOn, `${HEADER}.DueDate`, '/dueOn');
  faults.number(documentType.type, `${HEADER}.DocumentType.Type`, '/documentType/type', UNSIGNED_SHORT);
  faults.number(documentType.detail, `${HEADER}.DocumentType.TypeDetail`, '/documentType/detail', UNSIGNED_SHORT);
  faults.number(copies, `${HEADER}.OtherInfo.PromulgationAmount`, '/copies', UNSIGNED_SHORT);
  faults.number(pages, `${HEADER}.OtherInfo.PageAmount`, '/pages', UNSIGNED_SHORT);
  faults.number(steeringType, `${HEADER}.SteeringType`, '/steeringType', 3);
}

function checkAnswers(faults: Faults, { answers = [] }: DocumentPackage): void {
  const path = `${HEADER}.ResponseFor`;
  for (const [index, answer] of answers.entries()) {
    const pointer = `/answers/${index}`;
    faults.agencyCode(answer.agencyCode, `${path}.OrganId`, `${pointer}/agencyCode`);
    const code = { limit: 'ResponseFor.Code', isRequired: true } as const;
    faults.text(answer.documentCode, `${path}.Code`, `${pointer}/documentCode`, code);
    const id = { limit: 'ResponseFor.DocumentId', isRequired: true } as const;
    faults.text(answer.documentId, `${path}.DocumentId`, `${pointer}/documentId`, id);
    faults.date(answer.issuedOn, `${path}.PromulgationDate`, `${pointer}/issuedOn`);
  }
}

function checkBusiness(faults: Faults, business: Business): void {
  const { type } = business;
  const reason = { limit: 'Bussiness.BussinessDocReason', isRequired: type === 'recall' } as const;
  faults.text(business.reason, `${BUSINESS}.BussinessDocReason`, '/business/reason', reason);
  checkContact(faults, business.contact, BUSINESS, '/business/contact');
  if (type === 'recall' || type === 'update') {
    const id = { limit: 'Bussiness.DocumentId', isRequired: true } as const;
    faults.text(business.documentId, `${BUSINESS}.DocumentId`, '/business/documentId', id);
  }
  if (type === 'update') checkUpdate(faults, business);
  if (type === 'replace') {
    const path = `${BUSINESS}.ReplacementInfoList.ReplacementInfo`;
    if (business.replaced.length === 0) faults.add('N', path, '/business/replaced');
    for (const [index, { documentId, agencyCodes = [] }] of business.replaced.entries()) {
      const pointer = `/business/replaced/${index}`;
      const id = { limit: 'Bussiness.DocumentId', isRequired: true } as const;
      faults.text(documentId, `${path}.DocumentId`, `${pointer}/documentId`, id);
      for (const [at, code] of agencyCodes.entries()) {
        faults.agencyCode(code, `${path}.OrganIdList.OrganId`, `${pointer}/agencyCodes/${at}`);
      }
    }
  }
}

/** An update says what changed: the document, its recipients or both. */
function checkUpdate(faults: Faults, business: Extract<Business, { type: 'update' }>): void {
  const { isDocumentChanged, receivers = [] } = business;
  const path = `${BUSINESS}.BussinessDocumentInfo`;
  if (!isDocumentChanged && receivers.length === 0) faults.add('N', path, '/business/receivers');
  const seen = new Set<string>();
  for (const [index, { agencyCode }] of receivers.entries()) {
    const pointer = `/business/receivers/${index}/agencyCode`;
    faults.agencyCode(agencyCode, `${path}.ReceiverList.Receiver.OrganId`, pointer);
    const code = guessCurrentCode(agencyCode);
    if (seen.has(code)) faults.add('M', `${path}.ReceiverList.Receiver.OrganId`, pointer);
    seen.add(code);
  }
}
