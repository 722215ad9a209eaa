import { CLOSING_FAULT_AT_LABEL, CLOSING_FAULT_LABELS, fillLabel } from '@qlvb/contracts';
import { isCalendarDate } from '@qlvb/vietnam';
import type { CalendarDate } from '@qlvb/vietnam';
import { composeDossierCode } from './dossier-code.ts';
import type { ListEntry } from './dossier-list.ts';
import { DocumentAlreadyInDossier, DossierNotReadyToClose, SecretMaterialRefused } from './dossier.problems.ts';
import { compareTerms, longestTerm, assertAtLeast, assertTerm } from './retention.ts';
import type { RetentionTerm } from './retention.ts';

/** Access level (mức độ tiếp cận). */
export type AccessLevel = 'public' | 'conditional' | 'secret';

/** A document as a dossier holds it: a link, so that one document can be in many dossiers. */
export interface DossierDocument {
  readonly documentId: string;
  /** 1…, dense, in the order of the contents list. */
  readonly ordinal: number;
  /** Day of the document: order of formation. */
  readonly formedOn: CalendarDate;
  readonly kindName: string;
  readonly subject: string;
  readonly term: RetentionTerm | null;
  readonly access: AccessLevel;
  /** False for a draft that was never issued. */
  readonly isFinal: boolean;
  /** Digests of its files, the document itself first. */
  readonly fileDigests: readonly string[];
}

export interface Dossier {
  readonly code: string;
  readonly notation: string;
  readonly title: string;
  readonly makerId: string;
  readonly startedOn: CalendarDate;
  readonly term: RetentionTerm | null;
  readonly access: AccessLevel;
  readonly documents: readonly DossierDocument[];
}

export interface OpeningDetails {
  readonly agencyCode: string;
  readonly year: number;
  readonly makerId: string;
  readonly startedOn: CalendarDate;
  readonly access: AccessLevel;
}

/**
 * Opens a dossier by a line of the list, whose data it takes over, or outside the list with data of its own.
 *
 * @source NĐ30-A29-1
 * @source NĐ30-A29-2
 * @source NĐ30-PL6-F4b
 * @source RET-6
 */
export function openDossier(
  line: Pick<ListEntry, 'notation' | 'title'> & { term: RetentionTerm | null },
  details: OpeningDetails,
): Dossier {
  refuseSecret(details.access);
  const { agencyCode, year, makerId, startedOn, access } = details;
  return {
    code: composeDossierCode({ agencyCode, year, notation: line.notation }),
    notation: line.notation,
    title: line.title.normalize('NFC').trim(),
    makerId,
    startedOn,
    term: line.term && assertTerm(line.term),
    access,
    documents: [],
  };
}

/**
 * Files a document: it gets the place of its day among the others, and all ordinals stay dense.
 *
 * @throws DocumentAlreadyInDossier, SecretMaterialRefused
 * @source NĐ30-A29-4
 * @source NĐ30-PL6-F4b
 */
export function addDocument(dossier: Dossier, document: Omit<DossierDocument, 'ordinal'>): Dossier {
  refuseSecret(document.access);
  const known = dossier.documents.find((each) => each.documentId === document.documentId);
  if (known) throw DocumentAlreadyInDossier({ ordinal: known.ordinal });
  const after = dossier.documents.findLastIndex((each) => each.formedOn <= document.formedOn) + 1;
  const documents: readonly Omit<DossierDocument, 'ordinal'>[] = [
    ...dossier.documents.slice(0, after),
    document,
    ...dossier.documents.slice(after),
  ];
  return { ...dossier, documents: numbered(documents) };
}

const numbered = (documents: readonly Omit<DossierDocument, 'ordinal'>[]): DossierDocument[] =>
  documents.map((document, index) => ({ ...document, ordinal: index + 1 }));

function refuseSecret(access: AccessLevel): void {
  if (access === 'secret') throw SecretMaterialRefused();
}

export type ClosingFaultCode =
  | 'no-document'
  | 'no-title'
  | 'no-retention'
  | 'retention-too-short'
  | 'ends-before-start'
  | 'duplicate'
  | 'scrap-draft'
  | 'incomplete-document';

export interface ClosingFault {
  readonly code: ClosingFaultCode;
  /** Ordinals of the documents concerned. */
  readonly ordinals: readonly number[];
}

/**
 * What still stands in the way of closing: the maker reviews all documents, removes duplicates and scrap drafts, decides the
 * retention again and completes the data.
 *
 * @source NĐ30-A29-6
 * @source NĐ30-A29-7
 */
export function closingFaults(dossier: Dossier, endedOn: CalendarDate): readonly ClosingFault[] {
  const { documents, term } = dossier;
  const ordinalsOf = (wrong: (document: DossierDocument) => boolean): number[] =>
    documents.filter(wrong).map((document) => document.ordinal);
  const aboutWhole: readonly (readonly [ClosingFaultCode, boolean])[] = [
    ['no-document', documents.length === 0],
    ['no-title', dossier.title === ''],
    ['no-retention', term === null],
    ['ends-before-start', !isCalendarDate(endedOn) || endedOn < dossier.startedOn],
  ];
  const aboutDocuments: readonly ClosingFault[] = [
    {
      code: 'retention-too-short',
      ordinals: term === null ? [] : ordinalsOf((each) => each.term !== null && compareTerms(each.term, term) > 0),
    },
    { code: 'duplicate', ordinals: duplicates(documents) },
    { code: 'scrap-draft', ordinals: ordinalsOf((each) => !each.isFinal) },
    {
      code: 'incomplete-document',
      ordinals: ordinalsOf((each) => !each.subject || !each.kindName || each.fileDigests.length === 0),
    },
  ];
  return [
    ...aboutWhole.filter(([, holds]) => holds).map(([code]) => ({ code, ordinals: [] })),
    ...aboutDocuments.filter((fault) => fault.ordinals.length > 0),
  ];
}

/** Ordinals of documents whose main file stands in the dossier already. */
function duplicates(documents: readonly DossierDocument[]): number[] {
  const seen = new Set<string>();
  return documents
    .filter(({ fileDigests: [main] }) => {
      if (main === undefined) return false;
      if (seen.has(main)) return true;
      seen.add(main);
      return false;
    })
    .map((document) => document.ordinal);
}

export interface ClosedFigures {
  readonly endedOn: CalendarDate;
  readonly term: RetentionTerm;
  readonly documentCount: number;
}

/**
 * Figures of a dossier at its closing; the system counts them itself.
 *
 * @throws DossierNotReadyToClose listing the faults, RetentionTooShort, BadRetention
 * @source NĐ30-A29-5
 * @source NĐ30-A29-6
 */
export function closeDossier(dossier: Dossier, endedOn: CalendarDate): ClosedFigures {
  const faults = closingFaults(dossier, endedOn);
  const { term, documents } = dossier;
  if (faults.length > 0 || term === null) {
    const told = faults.map(({ code, ordinals }) => {
      const label = CLOSING_FAULT_LABELS[code];
      return ordinals.length === 0
        ? label
        : fillLabel(CLOSING_FAULT_AT_LABEL, { fault: label, ordinals: ordinals.join(', ') });
    });
    throw DossierNotReadyToClose({ faults: told });
  }
  const least = longestTerm(documents.flatMap((document) => document.term ?? []));
  return {
    endedOn,
    term: assertAtLeast(term, least),
    documentCount: documents.length,
  };
}
