import { formFields, pageBox, pageRefs, PdfRef, rectangle } from '@qlvb/pdf';
import type { PdfDocument, Rectangle } from '@qlvb/pdf';
import { AnchorMissing } from '../pdf-signature.problems.ts';

/** Points per millimetre. */
export const MM = 72 / 25.4;

/** Where a person signs: the last line of the title above and the name below, on one page. */
export interface SignatureAnchor {
  /** From 0. */
  readonly pageIndex: number;
  readonly title: Rectangle;
  readonly name: Rectangle;
}

/** Where a widget goes. */
export interface Placement {
  readonly pageIndex: number;
  readonly rectangle: Rectangle;
}

/**
 * Reads the place the layout left for a signature (`/PieceInfo /QLVB /Private /Anchors` of the catalog).
 *
 * @throws AnchorMissing when the document names no such place
 */
export function findSignatureAnchor(document: PdfDocument, anchorName = 'NguoiKy'): SignatureAnchor {
  const info = document.dict(document.dict(document.root.get('PieceInfo'))?.get('QLVB'));
  const anchors = document.dict(document.dict(info?.get('Private'))?.get('Anchors'));
  const anchor = document.dict(anchors?.get(anchorName));
  const page = anchor?.get('Page');
  const title = rectangle(document, anchor?.get('Title'));
  const name = rectangle(document, anchor?.get('Name'));
  const pageIndex = page instanceof PdfRef ? pageRefs(document).findIndex(({ number }) => number === page.number) : -1;
  if (!title || !name || pageIndex < 0) throw AnchorMissing({ anchor: anchorName });
  return { pageIndex, title, name };
}

const GAP = 4;
const MAX_PERSONAL_WIDTH = 50 * MM;

/**
 * Rectangle of the picture of the handwritten signature: centred between title and name, as large as the space allows with
 * its proportions kept.
 *
 * @param aspect width of the picture divided by its height
 * @source VN-10
 */
export function personalPlacement({ pageIndex, title, name }: SignatureAnchor, aspect: number): Placement {
  const top = title[1] - GAP;
  const bottom = name[3] + GAP;
  const height = Math.max(1, Math.min(top - bottom, MAX_PERSONAL_WIDTH / aspect));
  const width = height * aspect;
  const middle = (title[0] + title[2] + name[0] + name[2]) / 4;
  const center = (top + bottom) / 2;
  return { pageIndex, rectangle: [middle - width / 2, center - height / 2, middle + width / 2, center + height / 2] };
}

/** Share of the personal picture's width that the seal covers, from its left edge. */
const COVERED_SHARE = 1 / 3;

/**
 * Rectangle of the seal in its real size, over the left third of the personal picture.
 *
 * @param diameterMm real diameter of the seal in millimetres
 * @source VN-11, VN-17
 */
export function agencyPlacement(personal: Placement, diameterMm: number): Placement {
  const [x0, y0, x1, y1] = personal.rectangle;
  const diameter = diameterMm * MM;
  const right = x0 + (x1 - x0) * COVERED_SHARE;
  const center = (y0 + y1) / 2;
  return {
    pageIndex: personal.pageIndex,
    rectangle: [right - diameter, center - diameter / 2, right, center + diameter / 2],
  };
}

/**
 * Rectangle at the top right corner of page 1 for the text of attachments; left of what stands
 * there already, when the file was stamped before.
 *
 * @source VN-12
 */
export function cornerPlacement(document: PdfDocument, width: number, height: number): Placement {
  const page = pageRefs(document)[0];
  if (!page) throw AnchorMissing({ anchor: 'page 1' });
  const [left, , right, top] = pageBox(document, page);
  const y1 = top - 8 * MM;
  let x1 = right - 10 * MM;
  const taken = formFields(document).flatMap(({ dict }): Rectangle[] => {
    const box = rectangle(document, dict.get('Rect'));
    return box ? [box] : [];
  });
  for (let box = taken.find(isIn); box && box[0] - width - CORNER_GAP > left; box = taken.find(isIn)) {
    x1 = box[0] - CORNER_GAP;
  }
  return { pageIndex: 0, rectangle: [x1 - width, y1 - height, x1, y1] };

  function isIn([a, b, c, d]: Rectangle): boolean {
    return a < x1 && c > x1 - width && b < y1 && d > y1 - height;
  }
}

const CORNER_GAP = 6;
