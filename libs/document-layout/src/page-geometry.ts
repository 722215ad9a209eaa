/** Points per millimetre: PDF user space has 72 points to the inch. */
export const mm = (millimetres: number): number => (millimetres * 72) / 25.4;

/** A4, upright. */
export const PAGE = { width: 595.28, height: 841.89 } as const;

/** What the decree allows for each margin, in millimetres. */
export const MARGIN_RANGES_MM = { top: [20, 25], bottom: [20, 25], left: [30, 35], right: [15, 20] } as const;

/** What we draw with, in points. */
export const MARGINS = { top: mm(20), bottom: mm(20), left: mm(30), right: mm(15) } as const;

export const TEXT_WIDTH = PAGE.width - MARGINS.left - MARGINS.right;
export const TEXT_BOTTOM = PAGE.height - MARGINS.bottom;

/** A rectangle in points; here y grows downwards from the top edge of the page. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** The same rectangle in PDF user space, where y grows upwards. */
export const toUserSpace = ({ x0, y0, x1, y1 }: Box): [number, number, number, number] => [
  round(x0),
  round(PAGE.height - y1),
  round(x1),
  round(PAGE.height - y0),
];

const round = (value: number): number => Math.round(value * 100) / 100;
