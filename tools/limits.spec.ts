import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileRef, OutgoingDocumentIssued, OutgoingDocumentNumbered } from '@qlvb/contracts';
import { DEFAULT_READ_LIMITS, FIELD_LIMITS } from '@qlvb/edxml';
import { DEFAULT_LIMITS as LAYOUT_LIMITS } from '@qlvb/document-layout';
import { DEFAULT_LIMITS as PDF_LIMITS } from '@qlvb/pdf';
import { LIMITS } from '@qlvb/records';
import { writtenLimits } from './second-limits.ts';

const root = resolve(import.meta.dirname, '..');
const sources = globSync('{libs,apps}/**/src/**/*.ts', { cwd: root })
  .filter((file) => !/spec\.ts$|\/testing\/|-testing\/|\.data\.ts$/.test(file) && file !== 'libs/records/src/limits.ts')
  .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n') }));
const found = (pattern: RegExp, where = /./): string[] =>
  sources
    .filter(({ file }) => where.test(file))
    .flatMap(({ file, lines }) => lines.filter((line) => pattern.test(line)).map((line) => `${file}: ${line.trim()}`));

/** What a file passes from the upload to the archive. */
const WAY =
  /^libs\/(?:archive|archive-package|contracts|document-layout|documents|edxml|exchange|gateway|pdf|pdf-signature|platform|records|signature|xml-signature)\/|^apps\/(?:archive|documents|exchange|gateway|signature)\//;

const MEMORY = 'memory of a process that reads files';
const ANSWER = 'an answer of an authority';
const PIECE = 'how much is read, sent or kept at once of what may be any length';
const UNPACKED = 'an archive package of anybody, as the library of the format reads it';
const FORMAT = 'what the format itself can say';
/** Bounds of other things, each with what it bounds. */
const OTHER_BOUNDS: Readonly<Record<string, string>> = {
  'libs/archive-package/src/input/contents.ts: maxBytes': UNPACKED,
  'libs/archive-package/src/input/contents.ts: maxFiles': UNPACKED,
  'libs/archive-package/src/input/open-zip.ts: unpacked': UNPACKED,
  'libs/archive-package/src/input/open-zip.ts: uncompressedSize': UNPACKED,
  'libs/archive-package/src/output/zip-records.ts: LIMIT': FORMAT,
  'libs/archive-package/src/plan-package.ts: maxBytes': UNPACKED,
  'libs/archive-package/src/plan-package.ts: maxFiles': UNPACKED,
  'libs/archive-package/src/plan-package.ts: maxMetsBytes': UNPACKED,
  'libs/archive-package/src/read-package.ts: maxBytes': UNPACKED,
  'libs/archive-package/src/xml/read-xml.ts: maxBytes': UNPACKED,
  'libs/contracts/src/exchange/axis.ts: sizeBytes': 'an example',
  'libs/contracts/src/shapes.ts: sizeBytes': 'an example',
  'libs/document-layout/src/check/read-pdf.ts: memoryBytes': MEMORY,
  'libs/edxml/src/attachments/zip-writer.ts: LARGEST': FORMAT,
  'libs/edxml/src/package/limits.ts: listedAttachments': 'names in a manifest, more than the attachments that are read',
  'libs/edxml/src/reading/read-package.ts: LONGEST_RUBBISH': 'what stands before or behind the XML of a package',
  'libs/exchange/feature/src/received/document-interpretation.ts: MAX_ANNOUNCEMENT_BYTES': 'an event, not a file',
  'libs/exchange/feature/src/received/package-reader.ts: memoryBytes': MEMORY,
  'libs/pdf-signature/src/appearance/picture-rules.ts: MAX_BYTES': 'the picture of a signature (VN-18)',
  'libs/pdf-signature/src/official/rehearse-apart.ts: memoryBytes': MEMORY,
  'libs/pdf-signature/src/verification/verify-apart.ts: memoryBytes': MEMORY,
  'libs/pdf/src/limits.ts: inflatedBytes': 'what a file unpacks to (VER-07)',
  'libs/pdf/src/limits.ts: streamBytes': 'what a stream unpacks to (VER-07)',
  'libs/pdf/src/structure-apart.ts: memoryBytes': MEMORY,
  'libs/platform/bus/src/kafka/kafka-publisher.ts: MOST_BYTES_AT_ONCE': PIECE,
  'libs/platform/bus/src/kafka/kafka-topics.ts: EVENT_TOPIC_BYTES': 'an event',
  'libs/platform/bus/src/kafka/kafka-topics.ts: LETTER_TOPIC_BYTES': 'an event that was given up',
  'libs/platform/config/src/file-clock.ts: pace.max': 'how fast a clock of tests goes',
  'libs/platform/database/src/tx.ts: MOST_EVENT_BYTES': 'an event',
  'libs/platform/http/src/server/limits.ts: bodyBytes': 'a JSON body: the one figure for services and gateway',
  'libs/platform/http/src/input/request-body.ts: LINGER_BYTES': PIECE,
  'libs/platform/http/src/input/request-body.ts: SMALL_BODY_BYTES': PIECE,
  'libs/platform/jobs/src/define-job.ts: UNLIMITED': 'jobs at once',
  'libs/platform/storage/src/draft.ts: CHUNK_BYTES': PIECE,
  'libs/platform/storage/src/draft.ts: HEAD_BYTES': PIECE,
  'libs/platform/storage/src/formats.ts: head.length': PIECE,
  'libs/platform/storage/src/s3-store.ts: PART_BYTES': PIECE,
  'libs/signature/feature/src/authorities/revocation-client.ts: MAX_ANSWER_BYTES': ANSWER,
  'libs/signature/feature/src/authorities/time-stamp-client.ts: MAX_ANSWER_BYTES': ANSWER,
  'libs/signature/feature/src/certificates/certificates.dto.ts: pictureFile.max':
    'the picture of a signature, in base64 (VN-18)',
  'libs/xml-signature/src/verification/verify.ts: LARGEST_LENGTH': 'the text of an XML signature',
};

/** A second limit at every place that a file passes, as somebody might write it. */
const PLANTED: readonly (readonly [file: string, text: string, found: readonly [what: string, value: number]])[] = [
  [
    'libs/documents/feature/src/files/files.controller.ts',
    "operation({ id: 'uploadFile', upload: { maxBytes: 50 * 1024 * 1024, mediaTypes: ['*'] } });",
    ['maxBytes', 50 * 2 ** 20],
  ],
  ['libs/documents/domain/src/draft.ts', 'if (attachments.length > 20) throw TooMany();', ['attachments.length', 20]],
  [
    'libs/documents/domain/src/files.ts',
    'const MIB = 2 ** 20; const heaviest = (all: number): boolean => all > 900 * MIB;',
    ['all', 900 * 2 ** 20],
  ],
  [
    'libs/edxml/src/writing/write-package.ts',
    'const MIB = 1 << 20; export const DEFAULTS = { attachmentBytes: 20 * MIB };',
    ['attachmentBytes', 20 * 2 ** 20],
  ],
  [
    'libs/exchange/feature/src/sending/package-writer.ts',
    'store.put(stream, { maxBytes: 1_073_741_824 });',
    ['maxBytes', 2 ** 30],
  ],
  [
    'libs/edxml/src/package/limits.ts',
    'export const READ = { packageBytes: (1024 ** 3) as number };',
    ['packageBytes', 2 ** 30],
  ],
  [
    'libs/exchange/feature/src/received/package-reader.ts',
    'function fetch(maxSize = 300 * 1024 * 1024): void {}',
    ['maxSize', 300 * 2 ** 20],
  ],
  [
    'libs/exchange/feature/src/connectors/axis-queue.connector.ts',
    'if (message.sizeBytes >= 104857600) return refuse();',
    ['message.sizeBytes', 100 * 2 ** 20],
  ],
  ['libs/gateway/feature/src/routes.ts', 'export const bodyLimit = 64 * 1024 * 1024;', ['bodyLimit', 64 * 2 ** 20]],
  [
    'libs/contracts/src/shapes.ts',
    'export const file = z.object({ weight: z.int().max(99_999_999) });',
    ['weight.max', 99_999_999],
  ],
];

const TEXT_IN_FIGURES = /z\.string\(\)[^;,]*\.max\([\d_]/;

describe('F-09 each limit has one address', () => {
  it('F-09 FMT-10 no source but the table bounds a file, a package, their number or a body in figures', () => {
    const written = sources
      .filter(({ file }) => WAY.test(file))
      .flatMap(({ file, lines }) => writtenLimits(file, lines.join('\n')))
      .map(({ file, what }) => `${file}: ${what}`);
    expect([...new Set(written)].sort()).toEqual(Object.keys(OTHER_BOUNDS).sort());
  });

  it.each(PLANTED)('F-09 FMT-10 a second limit planted in %s is named', (file, text, expected) => {
    expect(writtenLimits(file, text).map(({ what, value }) => [what, value])).toEqual([expected]);
    expect(OTHER_BOUNDS[`${file}: ${expected[0]}`]).toBeUndefined();
    expect(WAY.test(file)).toBe(true);
    expect(sources.some((source) => source.file === file)).toBe(true);
  });

  it.each([
    'const { bytes: maxBytes } = LIMITS.document;',
    'upload({ maxBytes: LIMITS.file.bytes })',
    'if (size > LIMITS.package.bytes) throw FileTooLarge({ maxBytes: LIMITS.package.bytes });',
    'const drainTimeoutMs = 300_000;',
    'const attempts = 3; if (files.length > 1) again();',
  ])('F-09 what stands in the table, and what bounds something else, is none: %s', (text) => {
    expect(writtenLimits('x.ts', text)).toEqual([]);
  });

  it('F-09 documents and the exchange take their longest texts from the table', () => {
    expect(`subject: z.string().trim().max(300),`).toMatch(TEXT_IN_FIGURES);
    expect(`subject: z.string().trim().max(LIMITS.text.subject),`).not.toMatch(TEXT_IN_FIGURES);
    const texts = found(
      TEXT_IN_FIGURES,
      /^libs\/(?:documents|exchange)\/feature\/src\/.*(?:dto|controller|shapes)\.ts$/,
    );
    // Names of catalogues and codes of senders are compared with what there is, and kept nowhere.
    expect(texts.filter((line) => !/senderCode|catalogues\.controller/.test(line))).toEqual([]);
  });

  it('F-09 reader, writer, signing and layout check hold the table’s figures', () => {
    expect(DEFAULT_READ_LIMITS).toMatchObject({
      packageBytes: LIMITS.package.bytes,
      attachmentBytes: LIMITS.package.attachmentBytes,
      attachments: LIMITS.package.attachments,
    });
    expect(PDF_LIMITS.fileBytes).toBe(LIMITS.file.bytes);
    expect(LAYOUT_LIMITS).toMatchObject({ sizeBytes: LIMITS.mainFile.bytes, pages: LIMITS.mainFile.pagesChecked });
    expect(FIELD_LIMITS.Subject).toBe(LIMITS.text.subject);
  });
});

describe('F-09 an event carries whatever the table allows', () => {
  const long = (characters: number): string => 'ữ'.repeat(characters);

  it('F-09 a file of the longest name and size', () => {
    const name = long(LIMITS.file.nameCharacters);
    const { files } = OutgoingDocumentNumbered.example;
    expect(fileRef.safeParse({ ...files[0], name, sizeBytes: LIMITS.file.bytes }).success).toBe(true);
  });

  it('F-09 an issued document with the longest texts, most recipients and most files', () => {
    const { example, data } = OutgoingDocumentIssued;
    const { recipients, files } = example;
    const most = {
      ...example,
      subject: long(LIMITS.text.subject),
      documentCode: long(LIMITS.text.documentCode),
      codeNotation: long(LIMITS.text.codeNotation),
      placeOfIssue: long(LIMITS.text.placeOfIssue),
      signer: {
        ...example.signer,
        fullName: long(LIMITS.text.signerName),
        position: long(LIMITS.text.signerPosition),
      },
      recipients: Array.from({ length: LIMITS.document.recipients }, () => ({
        ...recipients[0],
        name: long(LIMITS.text.recipientName),
      })),
      files: Array.from({ length: LIMITS.document.attachments + 1 }, () => ({
        ...files[0],
        name: long(LIMITS.file.nameCharacters),
      })),
    };
    expect(data.safeParse(most).error?.issues ?? []).toEqual([]);
  });
});
