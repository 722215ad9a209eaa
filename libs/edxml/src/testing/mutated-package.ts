import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chance } from './random-package.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'testing');
const HEADER_END = '</edXML:MessageHeader>';

/** Sound and broken packages to start from. */
const originals: readonly Buffer[] = ['samples', 'hostile', 'received'].flatMap((folder) =>
  readdirSync(join(FOLDER, folder))
    .toSorted()
    .map((name) => readFileSync(join(FOLDER, folder, name))),
);

/** A sound package, as text, in which structure can be multiplied. */
const plain = readFileSync(join(FOLDER, 'received', 'd16.edxml'), 'utf8');

/** How often a piece is repeated: mostly a little, now and then up to a megabyte of it. */
const times = (chance: Chance, most: number): number =>
  1 + chance.below(chance.below(12) === 0 ? most : Math.max(Math.floor(most / 40), 2));

type Mutation = (chance: Chance) => Buffer | string;

const inHeader =
  (make: (chance: Chance) => string): Mutation =>
  (chance) =>
    plain.replace(HEADER_END, () => `${make(chance)}${HEADER_END}`);
const repeated = (most: number, piece: (index: number) => string): Mutation =>
  inHeader((chance) => Array.from({ length: times(chance, most) }, (_, index) => piece(index)).join(''));
const nested = (most: number, open: (index: number) => string): Mutation =>
  inHeader((chance) => {
    const depth = times(chance, most);
    return `${Array.from({ length: depth }, (_, index) => open(index)).join('')}${'</e>'.repeat(depth)}`;
  });
const longText = (element: string, most: number, piece: string, end = ''): Mutation =>
  inHeader((chance) => `<edXML:${element}>x${piece.repeat(times(chance, most))}${end}</edXML:${element}>`);
/** Before the subject that the sound package has: the reader takes the first. */
const longSubject = (most: number, piece: string, end = ''): Mutation => {
  const make = longText('Subject', most, piece, end);
  return (chance) =>
    plain.replace('<edXML:Subject>', () => `${String(make(chance)).split('</edXML:Content>')[1] ?? ''}$&`);
};

const someOf = (chance: Chance): Buffer => Buffer.from(chance.pick(originals));

/** Faults of transport: bytes lost, doubled, turned, exchanged. */
const BYTES: Readonly<Record<string, Mutation>> = {
  'bits-flipped': (chance) => {
    const bytes = someOf(chance);
    for (let left = times(chance, 200); left > 0 && bytes.length > 0; left -= 1) {
      const at = chance.below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8));
    }
    return bytes;
  },
  'signs-replaced': (chance) => {
    const bytes = someOf(chance);
    for (let left = times(chance, 200); left > 0 && bytes.length > 0; left -= 1) {
      bytes[chance.below(bytes.length)] = chance.pick([...Buffer.from('<>/&;"\'=![]-?: \n')]);
    }
    return bytes;
  },
  'cut-off': (chance) => {
    const bytes = someOf(chance);
    return bytes.subarray(0, chance.below(bytes.length + 1));
  },
  'piece-lost': (chance) => {
    const bytes = someOf(chance);
    const at = chance.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + chance.below(500))]);
  },
  'piece-doubled': (chance) => {
    const bytes = someOf(chance);
    const at = chance.below(bytes.length + 1);
    const piece = bytes.subarray(at, at + chance.below(2000));
    return Buffer.concat([
      bytes.subarray(0, at),
      ...Array.from({ length: times(chance, 80) }, () => piece),
      bytes.subarray(at),
    ]);
  },
  'two-packages-joined': (chance) => {
    const [first, second] = [someOf(chance), someOf(chance)];
    return Buffer.concat([
      first.subarray(0, chance.below(first.length + 1)),
      second.subarray(chance.below(second.length + 1)),
    ]);
  },
  'tag-moved': (chance) => {
    const tags = someOf(chance).toString('latin1').split(/(?=<)/);
    const [moved = ''] = tags.splice(chance.below(tags.length), 1);
    tags.splice(chance.below(tags.length + 1), 0, moved);
    return Buffer.from(tags.join(''), 'latin1');
  },
};

/** Packages made to cost their reader much: each multiplies one thing. */
const STRUCTURE: Readonly<Record<string, Mutation>> = {
  elements: repeated(25_000, (index) => `<e${index % 7}>a</e${index % 7}>`),
  'elements-of-one-name': repeated(25_000, () => '<edXML:To/>'),
  recipients: repeated(
    6_000,
    (index) => `<edXML:To><edXML:OrganId>${'0'.repeat(1 + (index % 9))}.H46</edXML:OrganId></edXML:To>`,
  ),
  'recipients-without-name': repeated(
    9_000,
    (index) => `<edXML:To><edXML:OrganId>H46.${index % 99}</edXML:OrganId></edXML:To>`,
  ),
  appendices: (chance) =>
    plain.replace(
      HEADER_END,
      () =>
        `<edXML:OtherInfo><edXML:Appendixes>${'<edXML:Appendix>a</edXML:Appendix>'.repeat(times(chance, 20_000))}</edXML:Appendixes></edXML:OtherInfo>${HEADER_END}`,
    ),
  answers: repeated(5_000, () => '<edXML:ResponseFor><edXML:Code>1/A</edXML:Code></edXML:ResponseFor>'),
  depth: nested(20_000, () => '<e>'),
  'depth-of-parties': nested(20_000, () => '<e><edXML:From></edXML:From>'),
  'prefixes-in-scope': (chance) => {
    const declare = (from: number): string =>
      Array.from({ length: 31 }, (_, index) => ` xmlns:p${from}x${index}="u"`).join('');
    const depth = 1 + chance.below(29);
    const open = Array.from({ length: depth }, (_, index) => `<e${declare(index)}>`).join('');
    const inside = Array.from({ length: times(chance, 12_000) }, (_, index) => `<e xmlns:q${index % 3}="u"/>`).join('');
    return plain.replace(HEADER_END, () => `${open}${inside}${'</e>'.repeat(depth)}${HEADER_END}`);
  },
  'prefixes-undeclared': repeated(20_000, (index) => `<p${index}:e/>`),
  attributes: inHeader(
    (chance) => `<e${Array.from({ length: times(chance, 30_000) }, (_, index) => ` a${index}="b"`).join('')}/>`,
  ),
  'attributes-of-many': repeated(
    2_000,
    (index) => `<e${Array.from({ length: 31 }, (_, at) => ` a${at}="${index}"`).join('')}/>`,
  ),
  'attribute-value': inHeader((chance) => `<e a="${'b '.repeat(times(chance, 500_000))}"/>`),
  'element-name': inHeader((chance) => `<${'n'.repeat(times(chance, 500_000))}/>`),
  'end-tags': inHeader((chance) => '</e>'.repeat(times(chance, 100_000))),
  'tags-not-closed': repeated(30_000, () => '<e>'),
  comments: repeated(130_000, () => '<!---->'),
  instructions: repeated(130_000, () => '<?a b?>'),
  'character-data': repeated(80_000, () => '<![CDATA[]]>'),
  quotes: inHeader((chance) => `<e ${`a="'"`.repeat(times(chance, 100_000))}`),
  entities: longText('Content', 200_000, '&amp;'),
  'character-references': longText('Content', 200_000, '&#8217;'),
  'text-long': longSubject(900_000, 'ậ '),
  'text-of-marks': longSubject(400_000, '\u0301\u0323'),
  'text-of-marks-in-rows': longSubject(40_000, `a${'\u0301\u0323'.repeat(15)}`),
  'text-of-stamps': longSubject(120_000, ' AN MẬT'),
  'text-of-labels': longSubject(120_000, 'độ\n\n'),
  'text-of-brackets': longSubject(250_000, '('),
  'name-of-kind': (chance) => plain.replace('>Quyết định<', () => `>${'('.repeat(times(chance, 250_000))}<`),
  'slashes-in-code': (chance) =>
    plain.replace(
      HEADER_END,
      () =>
        `<edXML:ResponseFor><edXML:Code>${'/'.repeat(times(chance, 250_000))}x</edXML:Code></edXML:ResponseFor>${HEADER_END}`,
    ),
  'blanks-in-date': (chance) =>
    plain.replace(
      HEADER_END,
      () => `<edXML:DueDate>2026/11/20${' '.repeat(times(chance, 250_000))}\nx</edXML:DueDate>${HEADER_END}`,
    ),
  'secret-field': (chance) =>
    plain.replace(
      HEADER_END,
      () =>
        `<edXML:OtherInfo><edXML:Secret>${')'.repeat(times(chance, 250_000))}x</edXML:Secret></edXML:OtherInfo>${HEADER_END}`,
    ),
  'text-before': (chance) => `${'x'.repeat(times(chance, 200_000))}${plain}`,
  'text-after': (chance) => `${plain}${'<x/>'.repeat(times(chance, 200_000))}`,
};

const attachment = (id: string, content: string): string =>
  `<Attachment><ContentId>cid:${id}</ContentId><AttachmentName>${id}.pdf</AttachmentName><ContentTransferEncoded>${content}</ContentTransferEncoded></Attachment>`;
const withAttachments = (all: string): string =>
  plain.replace('<AttachmentEncoded>', () => `<AttachmentEncoded>${all}`);
const reference = (id: string): string =>
  `<edXML:Reference><edXML:ContentId>cid:${id}</edXML:ContentId><edXML:AttachmentName>${id}.pdf</edXML:AttachmentName></edXML:Reference>`;
const withReferences = (text: string, all: string): string =>
  text.replace('<edXML:Reference>', () => `${all}<edXML:Reference>`);
const ids = (chance: Chance, most: number): string[] =>
  Array.from({ length: times(chance, most) }, (_, index) => `i${index}`);

/** Attachments and their list, multiplied or with contents that are none. */
const ATTACHMENTS: Readonly<Record<string, Mutation>> = {
  'references-without-attachment': (chance) => withReferences(plain, ids(chance, 5_000).map(reference).join('')),
  'attachments-without-reference': (chance) =>
    withAttachments(
      ids(chance, 3_000)
        .map((id) => attachment(id, 'JVBERi0='))
        .join(''),
    ),
  'listed-attachments': (chance) => {
    const all = ids(chance, 3_000);
    return withReferences(
      withAttachments(all.map((id) => attachment(id, 'JVBERi0=')).join('')),
      all.map(reference).join(''),
    );
  },
  'attachments-of-one-id': (chance) => withAttachments(attachment('a', 'JVBERi0=').repeat(times(chance, 3_000))),
  'attachments-without-content': (chance) => withAttachments('<Attachment/>'.repeat(times(chance, 20_000))),
  'content-of-references': (chance) => withAttachments(attachment('a', '&#13;'.repeat(times(chance, 200_000)))),
  'content-of-ampersands': (chance) => withAttachments(attachment('a', '&'.repeat(times(chance, 1_000_000)))),
  'content-of-elements': (chance) => withAttachments(attachment('a', 'JVBE<b/>'.repeat(times(chance, 20_000)))),
  'content-of-character-data': (chance) =>
    withAttachments(attachment('a', '<![CDATA[JVBE]]>'.repeat(times(chance, 60_000)))),
  'content-long': (chance) => withAttachments(attachment('a', 'JVBERi0x'.repeat(times(chance, 130_000)))),
  'elements-between-contents': (chance) =>
    withAttachments(
      ids(chance, 300)
        .map((id) => attachment(id, 'JVBERi0x'.repeat(400)) + '<e a="một giá trị dài hơn mười ba chữ"/>')
        .join(''),
    ),
};

const MUTATIONS: readonly (readonly [kind: string, mutate: Mutation])[] = [
  ...Object.entries(STRUCTURE),
  ...Object.entries(ATTACHMENTS),
  // as many of them as of the others together
  ...Array.from({ length: 6 }, () => Object.entries(BYTES)).flat(),
];

export interface MutatedPackage {
  readonly seed: number;
  readonly kind: string;
  readonly bytes: Buffer;
}

/** The package of a seed: the same one each time. */
export function mutatedPackage(seed: number): MutatedPackage {
  const chance = new Chance(seed);
  const [kind, mutate] = MUTATIONS[seed % MUTATIONS.length] as (typeof MUTATIONS)[number];
  return { seed, kind, bytes: Buffer.from(mutate(chance)) };
}

/** Number of kinds: so many seeds in a row have one package of each. */
export const MUTATION_KINDS = MUTATIONS.length;
