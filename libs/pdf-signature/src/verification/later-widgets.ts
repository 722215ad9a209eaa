import { decodeStream, pageBox, pageContent, pageRefs, PdfRef, PdfStream, rectangle } from '@qlvb/pdf';
import type { FormField, PageContent, PdfDict, PdfDocument, Rectangle } from '@qlvb/pdf';
import type { Change } from './report.ts';

/** Of a page: what all pictures of later signatures together may take. */
const MAX_SHARE = 0.25;

/** NoZoom and NoRotate (12.5.3): what is drawn leaves the rectangle. */
const BEYOND_ITS_PLACE = 0x18;

/** What a later signature shows: a change that is forbidden, or what its picture lies over. */
export type Shown = { readonly forbidden: string } | { readonly covers?: Change['covers'] };

/**
 * The widgets of all signatures after one, by the pages that list them in /Annots: what a widget says of its page (/P) is
 * the writer's own word.
 *
 * @source ATT-07
 */
export class LaterWidgets {
  readonly #now: PdfDocument;
  readonly #then: PdfDocument;
  /** By number of the widget: index of each page that lists it, once per listing. */
  readonly #pagesOf = new Map<number, number[]>();
  readonly #pages: readonly PdfRef[];
  readonly #taken = new Map<number, number>();
  readonly #contents = new Map<number, PageContent | undefined>();
  readonly #earlier: readonly { readonly page: number; readonly box: Rectangle }[];

  constructor(then: PdfDocument, now: PdfDocument, oldFields: readonly FormField[]) {
    this.#then = then;
    this.#now = now;
    this.#pages = pageRefs(now);
    this.#pages.forEach((page, index) => {
      for (const item of now.array(now.dict(page)?.get('Annots'))) {
        if (item instanceof PdfRef) this.#pagesOf.set(item.number, [...(this.#pagesOf.get(item.number) ?? []), index]);
      }
    });
    this.#earlier = oldFields.flatMap((field) => this.#earlierBoxes(field));
  }

  /** Fields that were there and show something: values, and pictures of signatures. An empty field for a signature shows nothing. */
  #earlierBoxes({ dict, ref, type, value }: FormField): { page: number; box: Rectangle }[] {
    if (!ref || (type === 'Sig' && value === null)) return [];
    const kids = this.#then.array(dict.get('Kids')).filter((kid) => kid instanceof PdfRef);
    return [ref, ...kids].flatMap((widget) => {
      const box = rectangle(this.#then, this.#then.dict(widget)?.get('Rect'));
      return box && areaOf(box) > 0 ? (this.#pagesOf.get(widget.number) ?? []).map((page) => ({ page, box })) : [];
    });
  }

  /** @param isTimeStamp a time stamp speaks of time alone and shows nothing */
  show(field: FormField, isTimeStamp: boolean): Shown {
    const kids = this.#now.array(field.dict.get('Kids')).filter((kid) => kid instanceof PdfRef);
    const widgets = [
      ...(field.ref ? [{ ref: field.ref, dict: field.dict }] : []),
      ...kids.map((ref) => ({ ref, dict: this.#now.dict(ref) ?? new Map() })),
    ];
    let covers: Change['covers'];
    for (const { ref, dict } of widgets) {
      const shown = this.#showWidget(field.name, ref, dict, isTimeStamp);
      if ('forbidden' in shown) return shown;
      if (shown.covers === 'content' || covers === undefined || covers === 'nothing') covers = shown.covers ?? covers;
    }
    return covers === undefined ? {} : { covers };
  }

  #showWidget(name: string, ref: PdfRef, dict: PdfDict, isTimeStamp: boolean): Shown {
    const box = rectangle(this.#now, dict.get('Rect'));
    const pages = this.#pagesOf.get(ref.number) ?? [];
    if (pages.length > 1) return { forbidden: `widget of ${name} on several pages` };
    if (isTimeStamp && ((box && areaOf(box) > 0) || !this.#isBlank(dict)))
      return { forbidden: `time stamp ${name} shows something` };
    if (!box || areaOf(box) === 0) return {};
    const flags = this.#now.resolve(dict.get('F'));
    if (typeof flags === 'number' && (flags & BEYOND_ITS_PLACE) !== 0)
      return { forbidden: `widget of ${name} leaves its place` };
    const [index] = pages;
    const page = index === undefined ? undefined : this.#pages[index];
    if (index === undefined || !page) return { forbidden: `widget of ${name} on no page` };
    const taken = (this.#taken.get(index) ?? 0) + areaOf(box);
    this.#taken.set(index, taken);
    if (taken > MAX_SHARE * areaOf(pageBox(this.#now, page))) return { forbidden: `widget of ${name}` };
    return { covers: this.#covered(index, page, box) };
  }

  #covered(index: number, page: PdfRef, box: Rectangle): NonNullable<Change['covers']> {
    if (this.#earlier.some((earlier) => earlier.page === index && overlap(earlier.box, box))) return 'content';
    if (!this.#contents.has(index))
      this.#contents.set(index, pageContent(this.#then, this.#then.dict(page) ?? new Map()));
    const content = this.#contents.get(index);
    if (content?.texts.some((text) => overlap(text, box))) return 'content';
    // A scanned page is one picture: whether the place is empty on it, nobody knows here.
    if (!content || content.pictures.some((picture) => overlap(picture, box))) return 'unknown';
    return 'nothing';
  }

  #isBlank(dict: PdfDict): boolean {
    const appearance = this.#now.dict(dict.get('AP'));
    if (!appearance) return true;
    const normal = this.#now.resolve(appearance.get('N'));
    if ([...appearance.keys()].some((key) => key !== 'N')) return false;
    if (!(normal instanceof PdfStream)) return normal === null;
    const content = decodeStream(normal.dict, normal.raw, this.#now.budget);
    return Buffer.from(content).toString('latin1').trim() === '';
  }
}

const areaOf = ([x0, y0, x1, y1]: Rectangle): number => (x1 - x0) * (y1 - y0);

/** By more than a hair: boxes that only touch do not lie over each other. */
const overlap = (a: Rectangle, b: Rectangle): boolean =>
  Math.min(a[2], b[2]) - Math.max(a[0], b[0]) > 0.5 && Math.min(a[3], b[3]) - Math.max(a[1], b[1]) > 0.5;
