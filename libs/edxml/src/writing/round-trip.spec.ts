import { Readable } from 'node:stream';
import type { Business, DocumentPackage } from '../package/model.ts';
import type { ReceivedDocument } from '../package/model.ts';
import { as, Memory, NOW, read, statusWith } from '../testing/documents.ts';
import { Chance, randomContent, randomDocument, textOf } from '../testing/random-package.ts';
import { STATUSES } from '../codes/code-lists.ts';
import { writeDocumentPackage } from './write-package.ts';
import { writeStatusPackage } from './write-status.ts';

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);
const NAMES = [
  'quyết định.pdf',
  'Phụ lục 1.docx',
  'bảng.xlsx',
  'ghi chú.txt',
  'cũ.doc',
  'gói.zip',
  'không đuôi',
  'ảnh.PNG',
];

/** What was received, in the shape of what was sent. */
function sentShape({ business, trace, targets: _targets, ...rest }: ReceivedDocument): object {
  const { type, code: _code, replaced, receivers, areRecipientsChanged: _changed, ...common } = business;
  return {
    ...rest,
    sentAt: trace[0]?.at,
    business: {
      ...common,
      type,
      ...(type === 'replace' ? { replaced } : {}),
      ...(type === 'update' ? { receivers } : {}),
    },
  };
}

const plain = (document: DocumentPackage): DocumentPackage & { business: Business } => document;

describe('what is written is read again (R5 R7 R14)', () => {
  it.each(SEEDS)('document package, seed %i', async (seed) => {
    const chance = new Chance(seed);
    const document = randomDocument(chance);
    const files = chance.list(3, (index) => ({
      name: `${index} ${chance.pick(NAMES)}`,
      content: randomContent(chance),
      description: textOf(chance, 100),
    }));
    const sink = new Memory();
    const outcome = await writeDocumentPackage(
      document,
      files.map((file) => ({ ...file, content: Readable.from([file.content]) })),
      sink,
      { now: NOW },
    );
    expect(outcome.sizeBytes).toBe(sink.bytes.length);
    const result = as('edoc', await read(sink.bytes, {}, 1 + chance.below(5000)));
    expect(sentShape(result.package)).toEqual(plain(document));
    expect(result.sha256).toBe(outcome.sha256);
    expect(result.findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    expect(
      result.attachments.map((each) => [each.name, each.description, each.state === 'delivered' && each.delivered]),
    ).toEqual(files.map(({ name, description, content }) => [name.normalize('NFC'), description, content]));
    expect(result.attachments.map((each) => each.state === 'delivered' && each.sha256)).toEqual(
      outcome.attachments.map(({ sha256 }) => sha256),
    );
  });

  it.each(STATUSES)('status package $code', async ({ code }) => {
    const status = statusWith({ status: code, contact: { name: 'Trần Thị Thử', mobile: '0900000000' } });
    const result = as('status', await read(writeStatusPackage(status)));
    const { targets: _targets, ...received } = result.package;
    expect(received).toEqual(status);
    expect(result.findings).toEqual([]);
  });
});
