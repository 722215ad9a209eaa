import { faultySamples, handMadePdf, ONE_PAGE, pageVariants, producerShapes, samplePdf } from '@qlvb/pdf-testing';
import { DEFAULT_LIMITS } from './limits.ts';
import { judgeStructure } from './structure.ts';
import { StructureReader } from './structure-apart.ts';

describe('F-09 one reader says whether a file is one', () => {
  it.each([...producerShapes(false), ...producerShapes(true), ...pageVariants()])('F-09 of $name', ({ pdf }) => {
    expect(judgeStructure(pdf)).toMatchObject({ pageCount: 1 });
  });

  it.each(faultySamples())('F-09 $name: $fault', ({ pdf, fault }) => {
    expect(judgeStructure(pdf)).toMatchObject({ fault });
  });

  it.each([
    ['1.3', ONE_PAGE, '1.3'],
    ['1.3', [(ONE_PAGE[0] ?? '').replace('/Type', '/Version /1.6 /Type'), ...ONE_PAGE.slice(1)], '1.6'],
    ['2.0', ONE_PAGE, '2.0'],
  ])('FMT-05 the version is that of the header (%s), or of the catalog where that is later', (version, objects, is) => {
    expect(judgeStructure(handMadePdf(objects, { version }))).toEqual({ version: is, pageCount: 1 });
  });

  it('F-09 what only a page names is read too: contents that are not where the table says', () => {
    const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 2 0 R /Annots [5 0 R] >>';
    const objects = [...ONE_PAGE.slice(0, 2), page, 'null', '<< /Type /Annot'];
    expect(judgeStructure(handMadePdf(objects))).toMatchObject({ fault: 'damaged' });
  });

  it('VER-07 a limit that is met is a fault of its own', () => {
    expect(judgeStructure(samplePdf(), { ...DEFAULT_LIMITS, objects: 3 })).toMatchObject({ fault: 'too-complex' });
    const deep = handMadePdf([...ONE_PAGE.slice(0, 2), `<< /Type /Page /Parent 2 0 R /A ${'['.repeat(500)}`]);
    expect(judgeStructure(deep)).toMatchObject({ fault: 'too-complex' });
  });
});

describe('F-09 the same in a process with limits', () => {
  const reader = new StructureReader();
  afterAll(() => reader.end());

  it('F-09 answers one file after the other', async () => {
    for (const { pdf, fault } of faultySamples()) {
      expect(await reader.judge(() => Promise.resolve(pdf))).toMatchObject({ fault });
    }
    expect(await reader.judge(() => Promise.resolve(samplePdf()))).toEqual({ version: '1.7', pageCount: 1 });
  });

  it('VER-07 a file that asks for too much is refused, and the next one is read', async () => {
    const strict = new StructureReader({ milliseconds: 1, memoryBytes: 512 * 2 ** 20 });
    expect(await strict.judge(() => Promise.resolve(samplePdf()))).toMatchObject({ fault: 'too-complex' });
    await strict.end();
    expect(await reader.judge(() => Promise.resolve(samplePdf()))).toMatchObject({ pageCount: 1 });
  });
});
