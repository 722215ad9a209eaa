import { loadFonts } from '../fonts.ts';
import type { AttachedText, OfficialDocument } from '../official-document.ts';
import { TEXT_BOTTOM, MARGINS } from '../page-geometry.ts';
import { drawAddressees, drawBlocks, drawDecisionPreamble, drawKindAndSubject, drawLegalBases } from './body.ts';
import { drawParagraph } from './flow.ts';
import { drawAgenciesAndTitle, drawNumberAndDate } from './head.ts';
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
  const bold = (text: string): void => {
    drawParagraph(page, [{ text, style: 'bold' }], { centred: true });
  };
  bold(attached.heading);
  bold(attached.title);
  const reference = `(Kèm theo ${capitalised(document.kindName ?? 'Văn bản')} số      /${document.symbol})`;
  drawParagraph(page, [{ text: reference, style: 'italic' }], { centred: true });
  drawBlocks(page, attached.body, 0);
}

const capitalised = (text: string): string =>
  text.charAt(0).toLocaleUpperCase('vi') + text.slice(1).toLocaleLowerCase('vi');

/** The same document with all text in composed letters. */
function composed(document: OfficialDocument): OfficialDocument {
  return JSON.parse(JSON.stringify(document).normalize('NFC'), (key, value: unknown) =>
    key === 'createdAt' ? new Date(value as string) : value,
  ) as OfficialDocument;
}
