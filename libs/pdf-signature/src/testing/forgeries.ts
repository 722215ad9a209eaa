import { createHash } from 'node:crypto';
import { OID, signedAttributes, signWith } from '@qlvb/x509';
import { dict, formFields, name, pageRefs, PdfDocument, PdfStream, PdfString, textString } from '@qlvb/pdf';
import type { IncrementalUpdate, PdfDict, PdfObject, PdfRef } from '@qlvb/pdf';
import { completePdfSignature } from '../signing/complete.ts';
import { preparePdfSignature } from '../signing/prepare.ts';
import type { PreparedSignature } from '../signing/prepare.ts';
import * as attack from './attacks.ts';
import { SIGNED_AT } from './signed-sample.ts';
import type { Holder, SampleWorld, SigningOptions } from './signed-sample.ts';

/** A later change: of what, and the file with it. Whoever makes it may then sign on top. */
export interface LaterChange {
  readonly what: string;
  readonly change: (pdf: Uint8Array) => Uint8Array;
}

const page = (document: PdfDocument): PdfRef => pageRefs(document)[0] as PdfRef;
const root = (document: PdfDocument): PdfRef => document.trailer.get('Root') as PdfRef;
const field = (document: PdfDocument, fieldName: string): { ref: PdfRef; dict: PdfDict } => {
  const found = formFields(document).find((candidate) => candidate.name === fieldName);
  if (!found?.ref) throw new Error(`no field ${fieldName}`);
  return { ref: found.ref, dict: found.dict };
};

/** Sets one entry of the object that `of` names. */
const set =
  (
    of: (document: PdfDocument) => PdfRef,
    key: string,
    value: PdfObject | ((u: IncrementalUpdate, document: PdfDocument) => PdfObject),
  ) =>
  (pdf: Uint8Array): Uint8Array =>
    attack.updated(pdf, (update, document) => {
      const entry = typeof value === 'function' ? value(update, document) : value;
      update.put(of(document), new Map([...(document.dict(of(document)) as PdfDict), [key, entry]]));
    });

const inForm =
  (change: (form: PdfDict) => PdfDict) =>
  (pdf: Uint8Array): Uint8Array =>
    attack.updated(pdf, (update, document) => {
      const form = change(new Map(document.dict(document.root.get('AcroForm')) ?? []));
      update.put(root(document), new Map([...document.root, ['AcroForm', form]]));
    });

const script = dict({ S: name('JavaScript'), JS: textString('app.alert(1)') });
const numberField = (document: PdfDocument): PdfRef => field(document, 'SoVanBan').ref;
const picture = (document: PdfDocument): PdfRef => field(document, 'ChuKyCaNhan').ref;

const annotsChanged =
  (change: (list: readonly PdfObject[]) => PdfObject[]) =>
  (pdf: Uint8Array): Uint8Array =>
    attack.updated(pdf, (update, document) => {
      const own = document.dict(page(document)) as PdfDict;
      update.put(page(document), new Map([...own, ['Annots', change(document.array(own.get('Annots')))]]));
    });

const pages = (document: PdfDocument): PdfRef => document.root.get('Pages') as PdfRef;
const font = (document: PdfDocument): PdfRef => {
  const resources = document.dict(document.dict(page(document))?.get('Resources'));
  return document.dict(resources?.get('Font'))?.get('Times') as PdfRef;
};
const twiceOf = (list: PdfObject | undefined): PdfObject => (Array.isArray(list) ? [...list, ...list] : []);
const contentsTwice = (_: IncrementalUpdate, document: PdfDocument): PdfObject => {
  const contents = document.dict(page(document))?.get('Contents') as PdfObject;
  return Array.isArray(contents) ? twiceOf(contents) : [contents, contents];
};

/** Changes of signed content that no later signature of anybody makes right. */
export const FORBIDDEN_CHANGES: readonly LaterChange[] = [
  { what: 'page content replaced', change: attack.contentReplaced },
  { what: 'page content added', change: attack.contentAdded },
  { what: 'annotation added', change: attack.annotationAdded },
  { what: 'font replaced', change: attack.fontReplaced },
  { what: 'page added', change: attack.pageAdded },
  { what: 'script on opening', change: attack.openActionAdded },
  { what: 'picture of the signature replaced', change: attack.pictureReplaced },
  { what: "signature's dictionary replaced", change: (pdf) => attack.signatureDictionaryReplaced(pdf, 'ChuKyCaNhan') },
  { what: 'signature field removed', change: (pdf) => attack.signatureFieldRemoved(pdf, 'ChuKyCaNhan') },
  { what: 'page cropped', change: set(page, 'CropBox', [0, 0, 595, 400]) },
  { what: 'page enlarged', change: set(page, 'MediaBox', [0, 0, 900, 900]) },
  { what: 'page turned', change: set(page, 'Rotate', 180) },
  { what: 'page with an action', change: set(page, 'AA', dict({ O: script })) },
  { what: 'page resources replaced', change: set(page, 'Resources', dict({})) },
  { what: 'annotations removed', change: annotsChanged((list) => list.slice(0, 1)) },
  { what: 'annotations reordered', change: annotsChanged((list) => [...list].reverse()) },
  { what: 'annotation listed twice', change: annotsChanged((list) => [...list, ...list]) },
  {
    what: 'names with a script',
    change: set(root, 'Names', dict({ JavaScript: dict({ Names: [textString('a'), script] }) })),
  },
  { what: 'layers', change: set(root, 'OCProperties', dict({ OCGs: [], D: dict({}) })) },
  { what: 'additional actions', change: set(root, 'AA', dict({ WC: script })) },
  { what: 'permissions', change: set(root, 'Perms', dict({})) },
  { what: 'language', change: set(root, 'Lang', textString('en')) },
  { what: 'outlines', change: set(root, 'Outlines', dict({ Type: name('Outlines') })) },
  { what: 'viewer preferences', change: set(root, 'ViewerPreferences', dict({ HideToolbar: true })) },
  { what: 'anchors removed', change: set(root, 'PieceInfo', dict({})) },
  {
    what: 'metadata',
    change: set(root, 'Metadata', (u) => u.add(new PdfStream(dict({ Type: name('Metadata') }), Buffer.from('<x/>')))),
  },
  { what: 'structure tree', change: set(root, 'StructTreeRoot', dict({ Type: name('StructTreeRoot') })) },
  { what: 'appearances to be redrawn', change: inForm((form) => form.set('NeedAppearances', true)) },
  { what: 'form with XFA', change: inForm((form) => form.set('XFA', textString('<xdp/>'))) },
  {
    what: 'default appearance replaced',
    change: inForm((form) => form.set('DA', new PdfString(Buffer.from('/F 1 Tf')))),
  },
  {
    what: 'default resources replaced',
    change: inForm((form) => form.set('DR', dict({ Font: dict({ Times: dict({}) }) }))),
  },
  { what: 'order of calculation', change: inForm((form) => form.set('CO', [])) },
  { what: 'number field moved', change: set(numberField, 'Rect', [100, 100, 300, 120]) },
  { what: 'number field renamed', change: set(numberField, 'T', textString('SoKhac')) },
  { what: 'number field with an action', change: set(numberField, 'AA', dict({ K: script })) },
  { what: 'signature field moved', change: set(picture, 'Rect', [0, 0, 595, 842]) },
  { what: 'signature field hidden', change: set(picture, 'F', 2) },
  { what: 'signature field with a second action', change: set(picture, 'A', script) },
  // what a page is shown with
  ...Object.entries({ UserUnit: 2, BleedBox: [0, 0, 9, 9], TrimBox: [0, 0, 9, 9], ArtBox: [0, 0, 9, 9] }).map(
    ([key, value]) => ({ what: `page with /${key}`, change: set(page, key, value) }),
  ),
  { what: 'page with a transparency group', change: set(page, 'Group', dict({ S: name('Transparency') })) },
  { what: 'page with a transition', change: set(page, 'Trans', dict({ S: name('Fade') })) },
  { what: 'page of another tree', change: set(page, 'Parent', (_, document) => root(document)) },
  { what: 'page content twice', change: set(page, 'Contents', contentsTwice) },
  // what all pages inherit
  { what: 'pages turned', change: set(pages, 'Rotate', 90) },
  { what: 'pages cropped', change: set(pages, 'CropBox', [0, 0, 100, 100]) },
  { what: 'pages with resources', change: set(pages, 'Resources', dict({ Font: dict({}) })) },
  { what: 'pages counted otherwise', change: set(pages, 'Count', 0) },
  // how letters are drawn and read
  ...Object.entries({
    ToUnicode: textString('x'),
    Encoding: dict({ Differences: [65, name('B')] }),
    Widths: [0, 0, 0],
    FontDescriptor: dict({ FontName: name('Forged') }),
    Subtype: name('Type3'),
  }).map(([key, value]) => ({ what: `font with another /${key}`, change: set(font, key, value) })),
  // what opens, runs or travels along
  { what: 'attached file', change: set(root, 'Names', dict({ EmbeddedFiles: dict({ Names: [] }) })) },
  { what: 'names of places', change: set(root, 'Names', dict({ Dests: dict({ Names: [] }) })) },
  ...['Collection', 'Dests', 'PageLabels', 'MarkInfo', 'AF', 'Threads', 'URI', 'Requirements', 'OutputIntents'].map(
    (key) => ({ what: `catalog with /${key}`, change: set(root, key, dict({})) }),
  ),
  { what: 'page mode', change: set(root, 'PageMode', name('UseAttachments')) },
  { what: 'launch on opening', change: set(root, 'OpenAction', dict({ S: name('Launch'), F: textString('a.exe') })) },
  {
    what: 'layers that are off',
    change: set(root, 'OCProperties', (u) => {
      const layer = u.add(dict({ Type: name('OCG'), Name: textString('a') }));
      return dict({ OCGs: [layer], D: dict({ OFF: [layer] }) });
    }),
  },
  { what: 'form without its fields', change: inForm((form) => form.set('Fields', [])) },
  { what: 'form that is read by XFA alone', change: inForm((form) => form.set('XFA', [])) },
  // fields and pictures that were there
  ...Object.entries({
    Ff: 1,
    MaxLen: 1,
    DA: textString('/F 0 Tf 1 g'),
    Q: 2,
    MK: dict({ BG: [1, 1, 1] }),
    OC: dict({}),
    DV: textString('x'),
    Kids: [],
    A: script,
  }).map(([key, value]) => ({ what: `number field with /${key}`, change: set(numberField, key, value) })),
  ...Object.entries({ MK: dict({ BG: [1, 1, 1] }), OC: dict({}), Border: [0, 0, 99], AS: name('Off'), Kids: [] }).map(
    ([key, value]) => ({ what: `signature field with /${key}`, change: set(picture, key, value) }),
  ),
  { what: 'title of the file', change: attack.informationChanged },
  // what one reader sees and another does not
  { what: 'content under another generation', change: attack.contentOfAnotherGeneration },
  { what: 'reference to another generation', change: attack.referenceToAnotherGeneration },
  { what: 'content freed', change: attack.contentFreed },
  { what: 'content free in the table and back in a hidden stream', change: attack.contentInHybridStream },
];

/** Values of the clerk's fields by somebody who is not the clerk. */
export const NUMBER_CHANGES: readonly LaterChange[] = [
  { what: 'number', change: (pdf) => attack.fieldValueSet(pdf, 'SoVanBan', '99/QĐ-STTTT') },
  { what: 'date', change: (pdf) => attack.fieldValueSet(pdf, 'NgayBanHanh', 'ngày 01 tháng 01 năm 2020') },
  {
    what: 'number and date',
    change: (pdf) =>
      attack.fieldValueSet(attack.fieldValueSet(pdf, 'SoVanBan', '7/QĐ'), 'NgayBanHanh', 'ngày 02 tháng 02 năm 2021'),
  },
];

/** Where a later picture is laid, and what its widget says of its page. */
export interface LaterPicture {
  readonly what: string;
  readonly rectangles: readonly (readonly [number, number, number, number])[];
  readonly patch?: (revision: string) => string;
}

const whole = [0, 0, 595, 842] as const;
const fifth = (index: number): [number, number, number, number] => [0, index * 168, 595, (index + 1) * 168];

export const COVERING_PICTURES: readonly LaterPicture[] = [
  { what: 'whole page', rectangles: [whole] },
  { what: 'whole page, no /P', rectangles: [whole], patch: (text) => text.replace(/\/P 3 0 R/, '        ') },
  {
    what: 'whole page, /P of something else',
    rectangles: [whole],
    patch: (text) => text.replace(/\/P 3 0 R/, '/P 5 0 R'),
  },
  { what: 'five of a fifth', rectangles: [0, 1, 2, 3, 4].map(fifth) },
  {
    what: 'two narrow columns',
    rectangles: [
      [0, 0, 90, 842],
      [505, 0, 595, 842],
    ],
  },
  { what: 'over the number', rectangles: [[114, 756, 236, 774]] },
  { what: 'over the date', rectangles: [[399, 756, 561, 774]] },
  { what: 'over the title', rectangles: [[85, 690, 300, 715]] },
  { what: "over the signer's picture", rectangles: [[360, 210, 440, 260]] },
  { what: "over the signer's name", rectangles: [[345, 178, 420, 192]] },
  { what: 'small, over one digit', rectangles: [[116, 758, 122, 770]] },
  {
    what: 'one that does not turn with the page',
    rectangles: [[400, 20, 500, 60]],
    patch: (text) => text.replace('/F 132', '/F 148'),
  },
];

/** A place on the sample's page where nothing stands. */
export const FREE_PLACE = [400, 20, 500, 60] as const;

/** Signs after the revision's own text was changed, length kept: what a signer who forges would write. */
export function signPatched(
  world: SampleWorld,
  pdf: Uint8Array,
  by: Holder,
  options: SigningOptions,
  patch: (revision: string) => string = (text) => text,
): Uint8Array {
  const prepared = patched(prepare(world, pdf, by, options), by, patch);
  return completePdfSignature({ prepared, signatureValue: signWith(by.privateKey, prepared.signedAttributes) });
}

/** A document time stamp (PAD-30) in a revision of its own. */
export function stampPatched(
  world: SampleWorld,
  pdf: Uint8Array,
  options: SigningOptions,
  patch: (revision: string) => string = (text) => text,
): Uint8Array {
  const by = world.person;
  // The longer name of the type takes what the shorter ones of kind and handler leave.
  const asStamp = (text: string): string =>
    patch(text)
      .replace('/Type /Sig ', '/Type /DocTimeStamp ')
      .replace('/ETSI.CAdES.detached', '/ETSI.RFC3161')
      .replace('/Adobe.PPKLite', '/Adobe.PPKMS');
  const { file, byteRange } = patched(prepare(world, pdf, by, options), by, asStamp);
  const [, first, second, rest] = byteRange;
  const token = world.pki.stamp(Buffer.concat([file.subarray(0, first), file.subarray(second, second + rest)]));
  const out = Uint8Array.from(file);
  out.set(Buffer.from(Buffer.from(token).toString('hex'), 'latin1'), first + 1);
  return out;
}

const prepare = (world: SampleWorld, pdf: Uint8Array, by: Holder, options: SigningOptions): PreparedSignature =>
  preparePdfSignature({
    fieldName: 'ChuKyThem',
    placement: { pageIndex: 0, rectangle: [0, 0, 0, 0] },
    appearance: { kind: 'invisible' },
    chain: world.pki.chain,
    signingTime: SIGNED_AT,
    ...options,
    document: new PdfDocument(pdf),
    certificate: by.certificate,
  });

function patched(prepared: PreparedSignature, by: Holder, patch: (text: string) => string): PreparedSignature {
  const text = Buffer.from(prepared.file.subarray(prepared.sourceLength)).toString('latin1');
  const changed = patch(text);
  if (changed.length !== text.length) throw new Error('the revision must keep its length');
  const file = new Uint8Array(
    Buffer.concat([prepared.file.subarray(0, prepared.sourceLength), Buffer.from(changed, 'latin1')]),
  );
  const [, first, second, rest] = prepared.byteRange;
  const messageDigest = createHash('sha256')
    .update(file.subarray(0, first))
    .update(file.subarray(second, second + rest))
    .digest();
  const attributes = signedAttributes(OID.data, messageDigest, by.certificate);
  return { ...prepared, file, messageDigest, signedAttributes: attributes };
}
