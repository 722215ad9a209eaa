import { decodeStream, formFields, pageRefs, PdfName, PdfRef, PdfStream, PdfString } from '@qlvb/pdf';
import type { FormField, PdfDict, PdfDocument, PdfObject } from '@qlvb/pdf';
import { isEmptyValue } from '../signing/fields.ts';
import { LaterWidgets } from './later-widgets.ts';
import type { SignatureLocks } from './locks.ts';
import type { Change } from './report.ts';

export interface ModificationPolicy {
  /** Text fields that may be filled once, by a later revision that is signed itself (PR-22). */
  readonly fillableFields: readonly string[];
}

/** Keys a signature field that is added later may have: nothing that acts, nothing that runs. */
const NEW_FIELD_KEYS = new Set([
  ...[
    'Type',
    'Subtype',
    'FT',
    'T',
    'V',
    'Rect',
    'F',
    'P',
    'AP',
    'Ff',
    'DA',
    'DR',
    'MK',
    'Kids',
    'Parent',
    'TU',
    'Lock',
    'SV',
    'Border',
    'BS',
    'Q',
  ],
]);

/** Keys of a field that filling or signing it may change. */
const FILLED_KEYS = new Set(['V', 'AP', 'F', 'M', 'NM', 'Lock']);

/**
 * What changed between the revision a signature covers and the file as it is, compared object by object over everything that
 * can be reached from the trailer, whatever the update looks like.
 *
 * @source VER-04
 * @source ATT-03, ATT-04, ATT-06, ATT-07, ATT-12, ATT-13
 */
export function changesSince(
  then: PdfDocument,
  now: PdfDocument,
  policy: ModificationPolicy,
  locks: SignatureLocks,
): readonly Change[] {
  return new Comparison(then, now, policy, locks).run();
}

class Comparison {
  readonly #then: PdfDocument;
  readonly #now: PdfDocument;
  readonly #policy: ModificationPolicy;
  readonly #locks: SignatureLocks;
  readonly #changes: Change[] = [];
  readonly #widgets: LaterWidgets;
  readonly #oldFields: readonly FormField[];
  /** Objects with rules of their own; met elsewhere they are only compared by number. */
  readonly #special = new Set<number>();
  readonly #done = new Set<number>();
  readonly #pending: { number: number; where: string }[] = [];

  constructor(then: PdfDocument, now: PdfDocument, policy: ModificationPolicy, locks: SignatureLocks) {
    this.#then = then;
    this.#now = now;
    this.#policy = policy;
    this.#locks = locks;
    this.#oldFields = formFields(then);
    this.#widgets = new LaterWidgets(then, now, this.#oldFields);
  }

  run(): readonly Change[] {
    const rootRef = this.#then.trailer.get('Root');
    const oldFields = this.#oldFields;
    const newFields = formFields(this.#now);
    const oldPages = pageRefs(this.#then);
    for (const { ref } of oldFields) if (ref) this.#special.add(ref.number);
    for (const { number } of oldPages) this.#special.add(number);
    if (rootRef instanceof PdfRef) this.#special.add(rootRef.number);
    for (const number of this.#special) this.#sameGeneration(number, `object ${number}`);
    this.#same(rootRef ?? null, this.#now.trailer.get('Root') ?? null, 'trailer/Root');
    const added = this.#addedSignatures(oldFields, newFields);
    this.#catalog();
    this.#form(added);
    this.#fields(oldFields, newFields);
    for (const page of oldPages) this.#page(page, added);
    this.#information();
    this.#drain();
    return this.#changes;
  }

  #forbid(where: string): void {
    if (!this.#changes.some((change) => change.where === where)) this.#changes.push({ kind: 'forbidden', where });
  }

  /** Both objects mean the same, down to every byte that can be reached from them. */
  #same(then: PdfObject, now: PdfObject, where: string): void {
    this.#now.budget.step();
    if (then instanceof PdfRef || now instanceof PdfRef) {
      const isSameRef = then instanceof PdfRef && now instanceof PdfRef && sameRef(then, now);
      if (!isSameRef) return this.#forbid(where);
      if (this.#special.has(then.number) || this.#done.has(then.number)) return;
      this.#done.add(then.number);
      this.#pending.push({ number: then.number, where });
      return;
    }
    if (then instanceof PdfStream && now instanceof PdfStream) {
      if (Buffer.compare(then.raw, now.raw) !== 0) return this.#forbid(where);
      return this.#sameDict(then.dict, now.dict, where);
    }
    if (then instanceof Map && now instanceof Map) return this.#sameDict(then, now, where);
    if (Array.isArray(then) && Array.isArray(now)) {
      if (then.length !== now.length) return this.#forbid(where);
      return then.forEach((item, index) => this.#same(item, now[index] ?? null, where));
    }
    if (!sameAtom(then, now)) this.#forbid(where);
  }

  /** A reader that looks at generations finds an object of another one no more. */
  #sameGeneration(number: number, where: string): void {
    const [then, now] = [this.#then.entry(number), this.#now.entry(number)].map((entry) =>
      entry?.kind === 'offset' ? entry.generation : 0,
    );
    if (then !== now) this.#forbid(where);
  }

  #sameDict(then: PdfDict, now: PdfDict, where: string, except: ReadonlySet<string> = new Set()): void {
    for (const key of new Set([...then.keys(), ...now.keys()])) {
      if (!except.has(key)) this.#same(then.get(key) ?? null, now.get(key) ?? null, `${where}/${key}`);
    }
  }

  /** Works off the references met, so that long chains of objects cost no stack. */
  #drain(): void {
    for (let next = this.#pending.pop(); next; next = this.#pending.pop()) {
      const ref = new PdfRef(next.number);
      this.#sameGeneration(next.number, next.where);
      this.#same(this.#then.resolve(ref), this.#now.resolve(ref), next.where);
    }
  }

  #catalog(): void {
    const own = new Set(['AcroForm', 'DSS', 'Extensions', 'Version', 'Metadata']);
    this.#sameDict(this.#then.root, this.#now.root, '/Root', own);
    this.#proofs();
    this.#metadata();
    const grown = ['Extensions', 'Version'].filter(
      (key) => !sameShallow(this.#then.root.get(key), this.#now.root.get(key)),
    );
    for (const key of grown) {
      // 7.12: a later writer may announce a newer version or an extension; it may not take one back.
      if (this.#now.root.has(key)) this.#changes.push({ kind: 'metadata', where: `/Root/${key}` });
      else this.#forbid(`/Root/${key}`);
    }
  }

  /** Certificates, answers and lists may be added, never removed (PAD-21, ATT-12). */
  #proofs(): void {
    const then = this.#then.dict(this.#then.root.get('DSS'));
    const now = this.#now.dict(this.#now.root.get('DSS'));
    if (!then && now) this.#changes.push({ kind: 'proof-added', where: '/Root/DSS' });
    if (then && !now) this.#forbid('/Root/DSS');
    if (!then || !now) return;
    for (const key of ['Certs', 'OCSPs', 'CRLs']) {
      const kept = new Set(this.#now.array(now.get(key)).map((item) => (item instanceof PdfRef ? item.number : -1)));
      for (const item of this.#then.array(then.get(key))) {
        if (!(item instanceof PdfRef) || !kept.has(item.number)) this.#forbid(`/Root/DSS/${key}`);
        else this.#same(item, item, `/Root/DSS/${key}`);
      }
      if (kept.size > this.#then.array(then.get(key)).length)
        this.#changes.push({ kind: 'proof-added', where: `/Root/DSS/${key}` });
    }
  }

  #metadata(): void {
    const [then, now] = [this.#then, this.#now].map((document) => {
      const stream = document.resolve(document.root.get('Metadata'));
      if (!(stream instanceof PdfStream)) return undefined;
      const text = Buffer.from(decodeStream(stream.dict, stream.raw, document.budget)).toString('utf8');
      return text.replace(/<(xmp:(?:Modify|Metadata)Date|xmpMM:InstanceID|pdf:Producer)>[^<]*<\/\1>/g, '');
    });
    if (then !== now) this.#forbid('/Root/Metadata');
  }

  #information(): void {
    const [then, now] = [this.#then, this.#now].map(
      (document) => document.dict(document.trailer.get('Info')) ?? new Map(),
    );
    this.#sameDict(then as PdfDict, now as PdfDict, '/Info', new Set(['ModDate', 'Producer']));
  }

  /** Fields that are there now and were not: only new objects that are signed signature fields with known keys. */
  #addedSignatures(oldFields: readonly FormField[], newFields: readonly FormField[]): ReadonlySet<number> {
    const oldNames = new Set(oldFields.map(({ name }) => name));
    const oldRefs = new Set(oldFields.map(({ ref }) => ref?.number));
    const added = new Set<number>();
    for (const field of newFields) {
      if (field.ref && oldRefs.has(field.ref.number)) continue;
      const keysFit = [...field.dict.keys()].every((key) => NEW_FIELD_KEYS.has(key));
      const isNew = field.ref !== undefined && this.#then.resolve(field.ref) === null && !oldNames.has(field.name);
      const kids = this.#now.array(field.dict.get('Kids'));
      const stamp = this.#isDocumentTimeStamp(field);
      const isSigned = field.type === 'Sig' && field.value instanceof Map;
      if (!isSigned || !keysFit || !isNew || kids.length > 0 || (this.#locks.noChanges && !stamp)) {
        this.#forbid(`field ${field.name}`);
        continue;
      }
      added.add((field.ref as PdfRef).number);
      this.#signed('signature-added', field, stamp);
    }
    return added;
  }

  /** A signature that came later, with what its picture lies over. */
  #signed(kind: 'signature-added' | 'field-signed', field: FormField, isTimeStamp: boolean): void {
    const shown = this.#widgets.show(field, isTimeStamp);
    if ('forbidden' in shown) this.#forbid(shown.forbidden);
    this.#changes.push({ kind, where: field.name, ...('covers' in shown && { covers: shown.covers }) } as Change);
  }

  #isDocumentTimeStamp(field: FormField): boolean {
    const filter = field.value instanceof Map ? this.#now.resolve(field.value.get('SubFilter')) : null;
    return filter instanceof PdfName && filter.value === 'ETSI.RFC3161';
  }

  #form(added: ReadonlySet<number>): void {
    const then = this.#then.dict(this.#then.root.get('AcroForm'));
    const now = this.#now.dict(this.#now.root.get('AcroForm'));
    if (!now) return then ? this.#forbid('/Root/AcroForm') : undefined;
    const kept = this.#now
      .array(now.get('Fields'))
      .filter((field) => !(field instanceof PdfRef && added.has(field.number)));
    this.#same([...this.#then.array(then?.get('Fields'))], kept, '/Root/AcroForm/Fields');
    this.#sameDict(then ?? new Map(), now, '/Root/AcroForm', new Set(['Fields', 'SigFlags', 'DA', 'DR']));
    this.#defaults(then, now);
  }

  /**
   * A second signer's program may bring the default appearance and resources that the form lacked: they say how fields
   * without an appearance of their own would be drawn. What was there stays as it was.
   */
  #defaults(then: PdfDict | undefined, now: PdfDict): void {
    const redraws = this.#now.resolve(now.get('NeedAppearances')) === true;
    if (then?.has('DA') || redraws) this.#same(then?.get('DA') ?? null, now.get('DA') ?? null, '/Root/AcroForm/DA');
    if (redraws) return this.#same(then?.get('DR') ?? null, now.get('DR') ?? null, '/Root/AcroForm/DR');
    const [old, fresh] = [this.#then.dict(then?.get('DR')), this.#now.dict(now.get('DR'))];
    if (!old) return;
    if (!fresh) return this.#forbid('/Root/AcroForm/DR');
    for (const [kind, value] of old) {
      const [was, is] = [this.#then.dict(value), this.#now.dict(fresh.get(kind))];
      if (!was || !is) this.#same(value, fresh.get(kind) ?? null, `/Root/AcroForm/DR/${kind}`);
      else for (const [key, item] of was) this.#same(item, is.get(key) ?? null, `/Root/AcroForm/DR/${kind}/${key}`);
    }
  }

  #fields(oldFields: readonly FormField[], newFields: readonly FormField[]): void {
    const byRef = new Map(newFields.map((field) => [field.ref?.number, field]));
    for (const field of oldFields) {
      const now = byRef.get(field.ref?.number);
      if (!now || !field.ref) this.#forbid(`field ${field.name}`);
      else this.#field(field, now);
    }
  }

  #field(then: FormField, now: FormField): void {
    const where = `field ${then.name}`;
    const wasFilled = isEmptyValue(then.value) && !isEmptyValue(now.value);
    const mayFill = then.type === 'Sig' || (then.type === 'Tx' && this.#policy.fillableFields.includes(then.name));
    const isLocked = this.#locks.noChanges || this.#locks.locksField(then.name) || (then.flags & 1) !== 0;
    if (!wasFilled || !mayFill || isLocked) return this.#sameDict(then.dict, now.dict, where);
    this.#sameDict(then.dict, now.dict, where, FILLED_KEYS);
    if (then.type === 'Sig') this.#signed('field-signed', now, this.#isDocumentTimeStamp(now));
    else this.#changes.push({ kind: 'field-filled', where: then.name });
  }

  #page(page: PdfRef, added: ReadonlySet<number>): void {
    const then = this.#then.dict(page);
    const now = this.#now.dict(page);
    const where = `page ${page.number}`;
    if (!then || !now) return this.#forbid(where);
    this.#sameDict(then, now, where, new Set(['Annots']));
    const kept = this.#now
      .array(now.get('Annots'))
      .filter((annotation) => !(annotation instanceof PdfRef && added.has(annotation.number)));
    this.#same([...this.#then.array(then.get('Annots'))], kept, `${where}/Annots`);
  }
}

const sameRef = (a: PdfRef, b: PdfRef): boolean => a.number === b.number && a.generation === b.generation;

function sameAtom(a: PdfObject, b: PdfObject): boolean {
  if (a instanceof PdfName && b instanceof PdfName) return a.value === b.value;
  if (a instanceof PdfString && b instanceof PdfString) return Buffer.compare(a.bytes, b.bytes) === 0;
  return a === b;
}

function sameShallow(a: PdfObject | undefined, b: PdfObject | undefined): boolean {
  return a instanceof PdfRef && b instanceof PdfRef ? sameRef(a, b) : (a === undefined) === (b === undefined);
}
