import { loadFonts } from '../fonts.ts';
import type { AttachedText, OfficialDocument } from '../official-document.ts';
import { MARGINS, TEXT_BOTTOM, TEXT_WIDTH } from '../page-geometry.ts';
import { drawAddressees, drawBlocks, drawDecisionPreamble, drawKindAndSubject, drawLegalBases } from './body.ts';
import { BODY_SIZE, PARAGRAPH_GAP } from './flow.ts';
import { drawAgenciesAndTitle, drawColumn, drawNumberAndDate } from './head.ts';
import { PageWriter } from './page-writer.ts';
import { drawSignatureBlock, signatureBlockHeight } from './signature-block.ts';

/**
 * Draws an official document as the decree lays it out: A4, PDF 1.7, fonts embedded. Number and date are empty form
 * fields, the place of the signature is remembered in the file; both are filled by later revisions.
 *
 * @returns the bytes of the PDF; the same document gives the same bytes
 * @throws UnprintableCharacter
 * @throws DocumentTooLong
 * @source NĐ30-PL1-I.1
 * @source NĐ30-PL1-I.4
 */
export async function drawDocument(input: OfficialDocument): Promise<Uint8Array> {
  const document = composed(input);
  const title = [document.kindName, document.subject].filter(Boolean).join(' ');
  const page = new PageWriter(await loadFonts(), { title, createdAt: document.createdAt });
  drawOnto(page, document);
  return page.finish();
}

/** Draws all parts of a document in their order. */
export function drawOnto(page: PageWriter, document: OfficialDocument): void {
  page.newPage();
  page.y = drawAgenciesAndTitle(page, document) + 10;
  drawNumberAndDate(page, document);

  if (document.form === 'letter') drawAddressees(page, document.addressees ?? []);
  else drawKindAndSubject(page, document.kindName ?? '', document.subject);
  if (document.form === 'decision' || document.form === 'decision_issuing') drawDecisionPreamble(page, document);
  if (document.form === 'named') {
    drawAddressees(page, document.addressees ?? []);
    drawLegalBases(page, document);
  }

  const height = signatureBlockHeight(page, document);
  drawBlocks(page, document.body, Math.min(height, TEXT_BOTTOM - MARGINS.top - 100));
  if (page.left < height) page.newPage();
  drawSignatureBlock(page, document);

  for (const attached of document.attached ?? []) drawAttached(page, document, attached);
}

/**
 * A text in the same file: from a new page, with its own page numbers. The reference to number and date of the main
 * document stays unfilled on electronic documents.
 *
 * @source NĐ30-PL1-III.1
 * @source NĐ30-PL1-I.7
 */
function drawAttached(page: PageWriter, document: OfficialDocument, attached: AttachedText): void {
  page.newPage({ restartNumbers: true });
  if (attached.withHead) page.y = drawAgenciesAndTitle(page, document) + 8;
  const bold = { size: BODY_SIZE, style: 'bold' } as const;
  const italic = { size: BODY_SIZE, style: 'italic' } as const;
  const kind = capitalised(document.kindName ?? 'Văn bản');
  const reference = `(Kèm theo ${kind} số${BLANK}/${document.symbol} ngày${BLANK}tháng${BLANK}năm${BLANK})`;
  const heading = drawColumn(page, attached.heading, CENTRE, TEXT_WIDTH, page.y + 2 * BODY_SIZE, bold);
  const title = drawColumn(page, attached.title, CENTRE, TEXT_WIDTH * 0.9, heading.next, bold);
  page.y = drawColumn(page, reference, CENTRE, TEXT_WIDTH, title.next, italic).lastBaseline + PARAGRAPH_GAP;
  drawBlocks(page, attached.body, 0);
}

/** Room that nobody fills, on lines that do not break there. */
const BLANK = '\u00a0'.repeat(5);
const CENTRE = MARGINS.left + TEXT_WIDTH / 2;

const capitalised = (text: string): string =>
  text.charAt(0).toLocaleUpperCase('vi') + text.slice(1).toLocaleLowerCase('vi');

/** The same document with all text in composed letters. */
function composed(document: OfficialDocument): OfficialDocument {
  return JSON.parse(JSON.stringify(document).normalize('NFC'), (key, value: unknown) =>
    key === 'createdAt' ? new Date(value as string) : value,
  ) as OfficialDocument;
}
