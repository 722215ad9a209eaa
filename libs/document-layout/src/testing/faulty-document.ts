import { PdfDocument } from '@qlvb/pdf';
import { layoutFindings } from '../check/check-layout.ts';
import { extractFacts } from '../check/extraction.ts';
import type { LayoutExpectations, LayoutFinding } from '../check/finding.ts';
import { DEFAULT_LIMITS } from '../check/read-pdf.ts';
import { drawOnto } from '../draw/draw-document.ts';
import { PageWriter } from '../draw/page-writer.ts';
import type { PageWriterOptions, TextOptions } from '../draw/page-writer.ts';
import { loadFonts } from '../fonts.ts';
import type { OfficialDocument } from '../official-document.ts';
import { sampleDecision } from './sample-document.ts';

export interface TextCall {
  readonly text: string;
  readonly x: number;
  readonly baseline: number;
  readonly options: TextOptions;
}

/** One thing that is drawn differently from what the decree says. */
export interface Fault {
  /** Changes a stretch of text, or leaves it out. */
  readonly text?: (call: TextCall) => Partial<TextCall> | 'omit' | undefined;
  /** Changes a horizontal rule, or leaves it out. */
  readonly rule?: (x0: number, x1: number, y: number) => readonly [number, number] | 'omit' | undefined;
  /** No fault: sets every word on its own, as word processors do. */
  readonly wordByWord?: boolean;
  /** Leaves out form fields. */
  readonly withoutFields?: boolean;
  readonly size?: PageWriterOptions['size'];
  readonly document?: Partial<OfficialDocument>;
}

class FaultyWriter extends PageWriter {
  readonly #fault: Fault;

  constructor(fonts: Awaited<ReturnType<typeof loadFonts>>, options: PageWriterOptions, fault: Fault) {
    super(fonts, options);
    this.#fault = fault;
  }

  override text(text: string, x: number, baseline: number, options: TextOptions): number {
    const change = this.#fault.text?.({ text, x, baseline, options });
    if (change === 'omit') return this.width(text, options);
    const call = { text, x, baseline, options, ...change };
    if (this.#fault.wordByWord) this.#wordByWord(call);
    else super.text(call.text, call.x, call.baseline, call.options);
    return this.width(text, options);
  }

  #wordByWord({ text, x, baseline, options: { wordSpacing = 0, ...options } }: TextCall): void {
    let at = x;
    for (const word of text.split(' ')) {
      if (word !== '') super.text(word, at, baseline, options);
      at += this.width(`${word} `, options) + wordSpacing;
    }
  }

  override rule(x0: number, x1: number, y: number): void {
    const change = this.#fault.rule?.(x0, x1, y);
    if (change === 'omit') return;
    super.rule(...(change ?? [x0, x1]), y);
  }

  override field(...args: Parameters<PageWriter['field']>): void {
    if (!this.#fault.withoutFields) super.field(...args);
  }
}

/** Draws a document with one fault. */
export async function drawFaulty(fault: Fault, base: OfficialDocument = sampleDecision): Promise<Uint8Array> {
  const document = { ...base, ...fault.document };
  const options = { title: document.subject, createdAt: document.createdAt, ...(fault.size && { size: fault.size }) };
  const page = new FaultyWriter(await loadFonts(), options, fault);
  drawOnto(page, document);
  return page.finish();
}

/** Ids of the rules that a document with one fault breaks, when it is compared with what was meant. */
export async function rulesBrokenBy(
  fault: Fault,
  base: OfficialDocument = sampleDecision,
  expectations: LayoutExpectations = base,
): Promise<string[]> {
  const findings = await findingsOf(fault, base, expectations);
  return [...new Set(findings.map(({ ruleId }) => ruleId))];
}

/** What is found in a document with one fault, when it is compared with what was meant. */
export async function findingsOf(
  fault: Fault,
  base: OfficialDocument = sampleDecision,
  expectations: LayoutExpectations = base,
): Promise<LayoutFinding[]> {
  const facts = await extractFacts(new PdfDocument(await drawFaulty(fault, base)), DEFAULT_LIMITS);
  return layoutFindings(facts, expectations);
}

/** Draws every text equal to `wanted` with other options. */
export const restyle =
  (wanted: string | RegExp, options: Partial<TextOptions>): NonNullable<Fault['text']> =>
  (call) =>
    matches(call.text, wanted) ? { options: { ...call.options, ...options } } : undefined;

/** Draws another text in place of `wanted`. */
export const reword =
  (wanted: string | RegExp, text: string): NonNullable<Fault['text']> =>
  (call) =>
    matches(call.text, wanted) ? { text: call.text.replace(wanted, text) } : undefined;

export const omit =
  (wanted: string | RegExp): NonNullable<Fault['text']> =>
  (call) =>
    matches(call.text, wanted) ? 'omit' : undefined;

const matches = (text: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? text === wanted : wanted.test(text);
