import type { Box } from '../page-geometry.ts';

/** One stretch of text as the file shows it; y grows downwards from the top edge of the page. */
export interface TextPiece {
  readonly text: string;
  readonly x: number;
  readonly baseline: number;
  readonly width: number;
  readonly size: number;
  readonly font: string;
}

export interface FormField {
  readonly name: string;
  readonly value: string;
  readonly box: Box;
}

export interface PageFacts {
  /** From 1. */
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly texts: readonly TextPiece[];
  /** Thin horizontal lines. */
  readonly rules: readonly Box[];
  readonly fields: readonly FormField[];
  /** Colours in which text is painted, as #rrggbb. */
  readonly textColours: readonly string[];
}

/** What a PDF shows, without judgement. */
export interface PdfFacts {
  readonly pageCount: number;
  /** The first pages, without those that could not be read; a long document is not read to its end. */
  readonly pages: readonly PageFacts[];
  /** Numbers of pages whose contents could not be read. */
  readonly unread: readonly number[];
  /** Why none of them could be read, for the log. */
  readonly failure?: string;
  /** Fonts that text is set in, by their PostScript name without subset tag. */
  readonly fonts: readonly { readonly name: string; readonly embedded: boolean }[];
}

export interface ReadingLimits {
  /** Pages that are read. */
  readonly pages: number;
  /** Pieces of text kept of a page. */
  readonly textsPerPage: number;
}
