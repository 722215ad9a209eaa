import { SecretMaterialRefused } from './dossier.problems.ts';
import type { AccessLevel } from './dossier.ts';

/** What is known of a document when a package is made of it; undefined and null are what nobody knows. */
export interface KnownOfDocument {
  readonly subject: string;
  readonly direction: 'outgoing' | 'incoming';
  /** What the signature service found, if it has looked. */
  readonly signature: 'passed' | 'failed' | 'indeterminate' | undefined;
  readonly access: AccessLevel;
  /** Pages of its main file, counted in it. */
  readonly pageCount: number | null;
}

/** The fields of a package's metadata that are statements about a document or a dossier, by the code lists of Thông tư 05/2025. */
export interface ArchivalDescription {
  readonly mode: string;
  readonly language: string;
  readonly confidenceLevel?: string;
  readonly numberOfPage: string;
  readonly description?: string;
}

const ACCESS = { public: '01', conditional: '02' } as const;
const VIETNAMESE = '01';
const OTHER_LANGUAGE = '11';
const ELECTRONIC_ORIGINAL = '01';

const UNKNOWN_PAGES = 'Số trang không xác định được từ tệp (ghi 0).';
const UNKNOWN_LANGUAGE = 'Ngôn ngữ không xác định được.';
const UNKNOWN_PAPER = 'Số tờ không xác định được (ghi 0).';

/** Letters that no other language of the code list writes. */
const VIETNAMESE_LETTER = /[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i;

/**
 * Describes one document. Its confidence is left out where it is not known, as the schema permits; a field that must be there says
 * the code or number of what is not known, and the description says so in words.
 *
 * @throws SecretMaterialRefused
 * @source PKG-14
 * @source USE-1
 */
export function describeDocument(document: KnownOfDocument): ArchivalDescription {
  const { pageCount } = document;
  const isVietnamese = VIETNAMESE_LETTER.test(document.subject.normalize('NFC'));
  const isOriginal = isElectronicOriginal(document);
  const unknown = [...(pageCount === null ? [UNKNOWN_PAGES] : []), ...(isVietnamese ? [] : [UNKNOWN_LANGUAGE])];
  return {
    mode: accessCode([document.access]),
    language: isVietnamese ? VIETNAMESE : OTHER_LANGUAGE,
    ...(isOriginal ? { confidenceLevel: ELECTRONIC_ORIGINAL } : {}),
    numberOfPage: String(pageCount ?? 0),
    ...(unknown.length === 0 ? {} : { description: unknown.join(' ') }),
  };
}

/** Describes a dossier by its documents: what is not known of one of them is not known of it. @throws SecretMaterialRefused */
export function describeDossier(
  documents: readonly KnownOfDocument[],
): Omit<ArchivalDescription, 'numberOfPage'> & { readonly numberOfPaper: string } {
  const described = documents.map(describeDocument);
  const languages = [...new Set(described.map(({ language }) => language))].toSorted();
  const isOriginal = documents.length > 0 && documents.every(isElectronicOriginal);
  const unknown = [
    ...(documents.every(({ pageCount }) => pageCount !== null) ? [] : [UNKNOWN_PAGES]),
    ...(languages.includes(OTHER_LANGUAGE) ? [UNKNOWN_LANGUAGE] : []),
    ...(isOriginal ? [] : [UNKNOWN_PAPER]),
  ];
  return {
    mode: accessCode(documents.map(({ access }) => access)),
    language: languages.join(';'),
    ...(isOriginal ? { confidenceLevel: ELECTRONIC_ORIGINAL } : {}),
    numberOfPaper: '0',
    ...(unknown.length === 0 ? {} : { description: unknown.join(' ') }),
  };
}

/** Made and signed here. What came from elsewhere may be a scan that was signed. */
const isElectronicOriginal = ({ direction, signature }: KnownOfDocument): boolean =>
  direction === 'outgoing' && signature === 'passed';

/** The narrowest of all. */
function accessCode(levels: readonly AccessLevel[]): string {
  if (levels.includes('secret')) throw SecretMaterialRefused();
  return levels.length > 0 && levels.every((level) => level === 'public') ? ACCESS.public : ACCESS.conditional;
}
