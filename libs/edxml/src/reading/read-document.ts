import type { CalendarDate } from '@qlvb/vietnam';
import { comparableCode, recipientAgencies } from '../codes/agency-code.ts';
import { priorityOf } from '../codes/code-lists.ts';
import type { Priority } from '../codes/code-lists.ts';
import type {
  DocumentPointer,
  DocumentTarget,
  DocumentType,
  Loose,
  Party,
  ReceivedBusiness,
  ReceivedDocument,
  Signer,
  TraceEntry,
} from '../package/model.ts';
import { findAll } from '../xml/element.ts';
import type { Element } from '../xml/element.ts';
import { Group, said } from './group.ts';
import type { Reading } from './group.ts';
import type { Parts } from './parts.ts';
import { readBusiness } from './read-business.ts';
import { readAgencyCode, readParty, readPointer } from './read-common.ts';
import { readDate } from './values.ts';

/** `OrganId,yyyy/MM/dd,Number/Notation`: the usual form of a document identifier. */
const DOCUMENT_ID = /^([^,]+),(\d{4}\/\d{2}\/\d{2}),(.+)$/;

/**
 * A document package, read from its header and what stands beside it. Whatever a sender left out is absent; whatever looks odd is a finding.
 *
 * @param root of the whole package
 */
export function readDocument(root: Element, header: Group, parts: Parts): ReceivedDocument {
  const { reading } = header;
  const business = readBusiness(parts.get('Bussiness'), reading);
  const sender = readParty(header.group('From'), true);
  const recipients = header.groups('To').map((group) => readParty(group, true));
  if (recipients.length === 0) reading.note('value-missing', 'MessageHeader.To');
  const other = header.group('OtherInfo');
  const promulgation = header.group('PromulgationInfo');
  const document = {
    ...said({
      sender,
      documentId: header.text('DocumentId', { limit: 'DocumentId', isRequired: true }),
      ...readCode(header.group('Code')),
      placeOfIssue: promulgation.text('Place', { alias: ['Promulgator'], limit: 'PromulgationInfo.Place' }),
      issuedOn: promulgation.date('PromulgationDate', { alias: ['Date'], isRequired: true }),
      documentType: readType(header),
      subject: header.text('Subject', { limit: 'Subject', isRequired: true }),
      summary: header.text('Content', { limit: 'Content' }),
      signer: readSigner(header),
      dueOn: header.date('DueDate'),
      priority: readPriority(other),
      circulation: other.text('SphereOfPromulgation', { limit: 'OtherInfo.SphereOfPromulgation' }),
      typist: other.text('TyperNotation', { limit: 'OtherInfo.TyperNotation' }),
      copies: other.integer('PromulgationAmount'),
      pages: other.integer('PageAmount'),
      isSteering: other.flag('Direction'),
      replyFors: other.text('ReplyFors', { limit: 'OtherInfo.ReplyFors' }),
      referenceCodes: other.text('ReferenceCodes', { limit: 'OtherInfo.ReferenceCodes' }),
      steeringType: header.integer('SteeringType'),
      applicationType: header.text('ApplicationType', { limit: 'ApplicationType' }),
    }),
    recipients,
    appendices: other.group('Appendixes').texts('Appendix', 'OtherInfo.Appendixes.Appendix'),
    answers: readAnswers(header),
    taskCodes: header.group('ResponseForTask').texts('TaskCode', 'ResponseForTask.TaskCode'),
    printedRecipients: header.group('ToPlaces').texts('Place', 'ToPlaces.Place'),
    trace: readTrace(parts.get('TraceHeaderList') ?? root, reading),
    business,
  };
  noteParties(header, sender, recipients);
  noteIdentifiers(header, document);
  const targets = targetsOf(document);
  if (targets.length === 0 && (business.type === 'recall' || business.type === 'update')) {
    reading.note('target-missing', 'TraceHeaderList.Bussiness.DocumentId');
  }
  return { ...document, targets };
}

function readCode(group: Group): { codeNumber: string | undefined; codeNotation: string | undefined } {
  const codeNumber = group.text('CodeNumber', { limit: 'Code.CodeNumber', isRequired: true });
  if (codeNumber !== undefined && !/^[0-9]+$/.test(codeNumber)) {
    group.reading.note('code-number-unusual', `${group.path}.CodeNumber`, codeNumber);
  }
  const codeNotation = group.text('CodeNotation', { limit: 'Code.CodeNotation', isRequired: true });
  return { codeNumber, codeNotation };
}

/** The group, plain text in its place, or the names of the oldest form. The name is what counts. */
function readType(header: Group): Loose<DocumentType> {
  const group = header.group('DocumentType');
  const hasParts = (group.element?.children.length ?? 0) > 0;
  const name = hasParts
    ? group.text('TypeName', {
        alias: ['Value'],
        otherwise: ['Description'],
        limit: 'DocumentType.TypeName',
        isRequired: true,
      })
    : header.text('DocumentType', { limit: 'DocumentType.TypeName', isRequired: true });
  return said({ name, type: group.integer('Type'), detail: group.integer('TypeDetail') });
}

function readSigner(header: Group): Signer | undefined {
  const group = header.group('SignerInfo', 'Author');
  if (!group.isPresent) return undefined;
  return said({
    competence: group.text('Competence', { limit: 'SignerInfo.Competence' }),
    position: group.text('Position', { alias: ['Function'], limit: 'SignerInfo.Position' }),
    fullName: group.text('FullName', { alias: ['Signer'], limit: 'SignerInfo.FullName' }),
  });
}

function readPriority(other: Group): Priority | undefined {
  const text = other.text('Priority');
  const priority = text === undefined ? undefined : priorityOf(text);
  if (text !== undefined && priority === undefined) {
    other.reading.note('value-not-allowed', 'MessageHeader.OtherInfo.Priority', text);
  }
  return priority;
}

function readAnswers(header: Group): Loose<DocumentPointer>[] {
  return header
    .groups('ResponseFor')
    .filter((group) => group.isPresent)
    .map((group) => readPointer(group, false));
}

function readTrace(list: Element, reading: Reading): TraceEntry[] {
  return findAll(list, ({ name }) => name === 'traceheader').map((element) => {
    const group = new Group(element, 'TraceHeaderList.TraceHeader', reading);
    return said({ agencyCode: readAgencyCode(group), at: group.instant('Timestamp') });
  });
}

/** @source D15 */
function noteParties({ reading }: Group, sender: Loose<Party>, recipients: readonly Loose<Party>[]): void {
  for (const { code, codes } of recipientAgencies(recipients)) {
    if (codes.length > 1) reading.note('recipient-repeated', 'MessageHeader.To', code);
  }
  const own = sender.agencyCode === undefined ? undefined : comparableCode(sender.agencyCode);
  if (recipients.some(({ agencyCode }) => agencyCode !== undefined && comparableCode(agencyCode) === own)) {
    reading.note('sender-among-recipients', 'MessageHeader.To', sender.agencyCode);
  }
}

/** @source D13 */
function noteIdentifiers({ reading }: Group, document: { documentId?: string; issuedOn?: CalendarDate }): void {
  const { documentId, issuedOn } = document;
  if (documentId === undefined) return;
  const match = DOCUMENT_ID.exec(documentId);
  if (!match) return reading.note('document-id-unusual', 'MessageHeader.DocumentId', documentId);
  const date = readDate(match[2] ?? '', reading.now);
  if (date !== issuedOn) reading.note('document-id-date-differs', 'MessageHeader.DocumentId', documentId);
}

/**
 * Ways to find the document that a recall or an update means, in the order in which they are to be tried.
 *
 * @source R9
 */
function targetsOf(document: {
  readonly sender?: Loose<Party>;
  readonly documentId?: string;
  readonly codeNumber?: string;
  readonly codeNotation?: string;
  readonly issuedOn?: CalendarDate;
  readonly answers: readonly Loose<DocumentPointer>[];
  readonly business: ReceivedBusiness;
}): DocumentTarget[] {
  const { business, answers, documentId, sender, codeNumber, codeNotation, issuedOn } = document;
  if (business.type !== 'recall' && business.type !== 'update') return [];
  const targets: DocumentTarget[] = [];
  if (business.documentId !== undefined) targets.push({ by: 'business', documentId: business.documentId });
  for (const answer of answers) {
    if (answer.documentId !== undefined) targets.push({ by: 'response', documentId: answer.documentId });
  }
  if (documentId !== undefined) targets.push({ by: 'header', documentId });
  if (sender?.agencyCode !== undefined && codeNumber !== undefined && codeNotation !== undefined) {
    const documentCode = codeNumber.endsWith(`/${codeNotation}`) ? codeNumber : `${codeNumber}/${codeNotation}`;
    targets.push({ by: 'code', agencyCode: sender.agencyCode, documentCode, ...said({ issuedOn }) });
  }
  return targets;
}
