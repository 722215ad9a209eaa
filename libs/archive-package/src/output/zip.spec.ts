import { Readable } from 'node:stream';
import { sampleSip, sourceFile } from '../testing/sample-package.ts';
import { openBytes, zipBytesOf } from '../testing/memory.ts';
import { planPackage } from '../plan-package.ts';
import { zipPackage, zipSize } from './zip.ts';
import { storedSize } from './zip-records.ts';
import { PackageProblem } from '../problem.ts';
import type { SourceFile } from '../model.ts';

const withFile = (file: SourceFile) => {
  const sip = sampleSip();
  const [first, ...others] = sip.documents;
  if (!first) throw new Error('the sample has documents');
  return { ...sip, documents: [{ ...first, files: [file] as const }, ...others] };
};

describe('PKG-6 the same input gives the same bytes', () => {
  it('writes equal archives, however the source is cut into chunks', async () => {
    const bytes = Buffer.alloc(200_000, 'Quảng Bình ');
    const whole = sourceFile('a.txt', 'text/plain', bytes);
    const cut = {
      ...whole,
      open: () => Readable.from(Array.from({ length: 2000 }, (_, i) => bytes.subarray(i * 100, i * 100 + 100))),
    };
    const one = await zipBytesOf(withFile(whole));
    expect((await zipBytesOf(withFile(cut))).equals(one)).toBe(true);
  });

  it('knows the length of the archive beforehand', async () => {
    const plan = planPackage(sampleSip());
    expect((await zipBytesOf(sampleSip())).length).toBe(zipSize(plan));
  });

  it('can be read back whole, empty files included', async () => {
    const contents = await openBytes(await zipBytesOf(withFile(sourceFile('empty.txt', 'text/plain', ''))));
    const plan = planPackage(sampleSip());
    expect(contents.folder).toBe(plan.folder);
    for (const [path, size] of contents.files) {
      expect(Buffer.concat(await (await contents.open(path)).toArray())).toHaveLength(size);
    }
  });

  it('writes entries of more than 4 GiB with ZIP64 sizes', () => {
    expect(storedSize(0)).toBe(5);
    expect(storedSize(65_536)).toBe(65_546);
    const sizeBytes = 5 * 1024 ** 3;
    const plan = planPackage(withFile({ ...sourceFile('a.pdf', 'application/pdf', 'x'), sizeBytes }));
    expect(zipSize(plan)).toBeGreaterThan(storedSize(sizeBytes));
  });
});

describe('TTHC-22 bytes are compared with their announced digest while they are packed', () => {
  const pdf = sourceFile('a.pdf', 'application/pdf', '%PDF-1.7');
  it.each([
    ['another content of the same length', { ...pdf, open: () => Readable.from([Buffer.from('%PDF-9.9')]) }],
    ['too few bytes', { ...pdf, open: () => Readable.from([Buffer.from('%PDF')]) }],
    ['too many bytes', { ...pdf, open: () => Readable.from([Buffer.from('%PDF-1.7 and more')]) }],
  ])('stops on %s', async (_fault, file) => {
    await expect(zipPackage(planPackage(withFile(file))).toArray()).rejects.toMatchObject({
      code: 'archive-package.source-differs',
    });
  });

  it('names the file', async () => {
    const failure = await zipPackage(planPackage(withFile({ ...pdf, sha256: '00' })))
      .toArray()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PackageProblem);
    expect((failure as PackageProblem).path).toMatch(/data\/.*\.pdf$/);
  });
});
