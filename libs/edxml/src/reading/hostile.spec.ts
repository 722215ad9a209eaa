import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { as, codesOf, documentWith, read, written } from '../testing/documents.ts';
import type { ReadLimits } from '../package/limits.ts';

const folder = join(import.meta.dirname, '../../testing/hostile');
const fileOf = (name: string): Buffer => readFileSync(join(folder, `${name}.edxml`));

/** Files that cannot be read, with the code of the problem. */
const UNREADABLE: Record<string, string> = {
  'angle-bracket-in-attribute': 'edxml.not-well-formed',
  'broken-utf8': 'edxml.not-utf8',
  'control-character': 'edxml.not-well-formed',
  'doctype-entity-bomb': 'edxml.doctype-refused',
  'doctype-external-entity': 'edxml.doctype-refused',
  'doctype-external-subset': 'edxml.doctype-refused',
  'duplicate-attribute': 'edxml.not-well-formed',
  empty: 'edxml.not-xml',
  'entity-without-doctype': 'edxml.not-well-formed',
  'nested-too-deep': 'edxml.limit-exceeded',
  'no-header': 'edxml.header-missing',
  'not-xml': 'edxml.not-xml',
  'other-document': 'edxml.header-missing',
  'pdf-instead-of-package': 'edxml.not-utf8',
  'soap-bomb-of-prefixes': 'edxml.limit-exceeded',
  'tags-mismatched-everywhere': 'edxml.not-well-formed',
  'too-many-attributes': 'edxml.limit-exceeded',
  truncated: 'edxml.truncated',
  'truncated-header': 'edxml.truncated',
  utf16: 'edxml.not-utf8',
};

/** Files that can be read, with the finding that tells what is wrong and whether the attachment arrives. */
const READABLE: Record<string, [finding: string | undefined, attachment: 'delivered' | 'broken' | 'none']> = {
  'attachment-not-there': ['attachment-missing', 'none'],
  'base64-cut-in-group': ['attachment-not-base64', 'broken'],
  'base64-data-after-padding': ['attachment-not-base64', 'broken'],
  'base64-of-nothing': ['attachment-empty', 'broken'],
  'content-missing': ['attachment-empty', 'broken'],
  'element-inside-content': ['attachment-not-base64', 'broken'],
  'entity-inside-content': ['attachment-not-base64', 'broken'],
  'processing-instruction': [undefined, 'delivered'],
  'prototype-names': [undefined, 'delivered'],
  'secret-mark-in-subject': ['secrecy-mark', 'delivered'],
  'too-many-attachments': ['attachment-too-many', 'delivered'],
  'two-headers': ['element-ambiguous', 'delivered'],
  'two-roots': ['element-ambiguous', 'delivered'],
  'wrong-base64': ['attachment-not-base64', 'broken'],
  'zip-bomb': ['attachment-zip-bomb', 'broken'],
  'zip-checksum-wrong': ['attachment-zip-broken', 'broken'],
  'zip-encrypted': ['attachment-zip-encrypted', 'broken'],
  'zip-of-folder': ['attachment-zip-kept', 'delivered'],
  'zip-of-several': ['attachment-zip-kept', 'delivered'],
  'zip-size-lie': ['attachment-zip-broken', 'broken'],
  'zip-slip': ['attachment-unwrapped', 'delivered'],
  'zip-truncated': ['attachment-zip-broken', 'broken'],
  'zip-unknown-method': ['attachment-zip-broken', 'broken'],
};

describe('hostile and broken packages (R1 R2 R3 R7 R13 ATT-23)', () => {
  it('has an expectation for every file', () => {
    const expected = [...Object.keys(UNREADABLE), ...Object.keys(READABLE)].map((name) => `${name}.edxml`);
    expect(expected.toSorted()).toEqual(readdirSync(folder).toSorted());
  });

  it.each(Object.entries(UNREADABLE))('%s is unreadable: %s', async (name, code) => {
    for (const chunkBytes of [1, 7, 65_536]) {
      const { problem } = as('unreadable', await read(fileOf(name), {}, chunkBytes));
      expect(problem.code).toBe(code);
    }
  });

  it.each(Object.entries(READABLE))('%s is read with %j', async (name, [finding, attachment]) => {
    for (const chunkBytes of [1, 65_536]) {
      const result = as('edoc', await read(fileOf(name), {}, chunkBytes));
      if (finding !== undefined) expect(codesOf(result)).toContain(finding);
      else expect(result.findings.filter(({ severity }) => severity === 'fault')).toEqual([]);
      expect(result.attachments[0]?.state ?? 'none').toBe(attachment);
      expect(result.package.codeNumber).toBe('15');
    }
  });

  it('R7 the name of a zip entry is told and not used', async () => {
    const [attachment] = as('edoc', await read(fileOf('zip-slip'))).attachments;
    expect(attachment).toMatchObject({ name: 'phụ lục.pdf', entryName: '../../../../tmp/evil.pdf', isUnwrapped: true });
  });

  it('R7 of too many attachments those within the limit arrive', async () => {
    const { attachments } = as('edoc', await read(fileOf('too-many-attachments')));
    const states = attachments.map(({ state }) => state);
    expect([states.length, states.lastIndexOf('delivered'), states.indexOf('broken')]).toEqual([205, 199, 200]);
  });

  it('only the first root and the first header are read', async () => {
    expect(as('edoc', await read(fileOf('two-roots'))).package.subject).toBe('Về việc thử nghiệm gói tin');
    expect(as('edoc', await read(fileOf('two-headers'))).package.subject).toBe('Về việc thử nghiệm gói tin');
  });

  it('a truncated package tells what had reached the sink', async () => {
    const whole = (await written(documentWith(), [
      { name: 'a.pdf', content: [Buffer.from('%PDF-1.7')] as never },
      { name: 'b.pdf', content: [Buffer.alloc(5000, 1)] as never },
    ])) as Buffer;
    const { attachments } = as('unreadable', await read(whole.subarray(0, whole.length - 3000)));
    expect(attachments.map(({ name, state }) => [name, state])).toEqual([['a.pdf', 'delivered']]);
  });
});

describe('limits (R2)', () => {
  const big = 'a'.repeat(5000);
  const base = async (): Promise<string> => (await written(documentWith())).toString();
  const after = async (insert: string): Promise<string> =>
    (await base()).replace('</edXML:MessageHeader>', `${insert}$&`);

  it.each<[keyof ReadLimits, number, () => Promise<string>]>([
    ['packageBytes', 500, base],
    ['depth', 4, base],
    ['elements', 10, base],
    ['attributesPerElement', 1, () => after('<edXML:a b="1" c="2"/>')],
    ['tokenCharacters', 4000, () => after(`<!-- ${big} -->`)],
    ['tokenCharacters', 4000, () => after(`<edXML:a>${big}</edXML:a>`)],
    ['tokenCharacters', 4000, () => after(`<edXML:a b="${big}"/>`)],
    ['tokenCharacters', 4000, () => after(`<edXML:${big}/>`)],
    ['tokenCharacters', 4000, () => after(`<![CDATA[${big}]]>`)],
    ['tokenCharacters', 4000, () => after(`<?a ${big}?>`)],
    ['textCharacters', 1000, base],
  ])('R2 %s of %i ends the reading', async (limit, value, make) => {
    for (const chunkBytes of [3, 65_536]) {
      const { problem } = as('unreadable', await read(await make(), { limits: { [limit]: value } }, chunkBytes));
      expect([problem.code, problem.params['limit']]).toEqual(['edxml.limit-exceeded', limit]);
    }
  });

  it('R7 an attachment beyond its limit is broken and the package is read', async () => {
    const content = await written(documentWith(), [
      { name: 'a.pdf', content: [Buffer.alloc(5000, 1)] as never },
      { name: 'b.txt', content: [Buffer.alloc(5000, 'a1b2c3')] as never },
      { name: 'c.pdf', content: [Buffer.alloc(500, 1)] as never },
    ]);
    const { attachments } = as('edoc', await read(content, { limits: { attachmentBytes: 1000 } }));
    expect(attachments.map((each) => (each.state === 'broken' ? each.fault : each.state))).toEqual([
      'attachment-too-large',
      'attachment-zip-bomb',
      'delivered',
    ]);
  });
});
