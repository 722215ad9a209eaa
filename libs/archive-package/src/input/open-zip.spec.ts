import { openBytes } from '../testing/memory.ts';
import { rawZip } from '../testing/raw-zip.ts';
import type { RawEntry } from '../testing/raw-zip.ts';

const good: RawEntry = { name: 'root/METS.xml', data: Buffer.from('<mets/>') };

const HOSTILE: readonly (readonly [fault: string, code: string, entries: RawEntry[]])[] = [
  ['a path that climbs out', 'unsafe-path', [good, { name: 'root/../../etc/passwd' }]],
  ['an absolute path', 'unsafe-path', [good, { name: '/etc/passwd' }]],
  ['a drive letter', 'unsafe-path', [good, { name: 'C:/windows/system.ini' }]],
  ['a backslash', 'unsafe-path', [good, { name: 'root\\..\\evil' }]],
  ['a control character', 'unsafe-path', [good, { name: 'root/a\u0000.pdf' }]],
  ['a part that ends in a dot', 'unsafe-path', [good, { name: 'root/data./a.pdf' }]],
  ['an empty part', 'unsafe-path', [good, { name: 'root//a.pdf' }]],
  ['a name that is not UTF-8', 'unsafe-path', [good, { name: Buffer.from('726f6f742fff', 'hex') }]],
  ['a very deep path', 'unsafe-path', [good, { name: `root/${'a/'.repeat(20)}b` }]],
  ['a very long path', 'unsafe-path', [good, { name: `root/${'a'.repeat(500)}` }]],
  ['a symbolic link', 'link', [good, { name: 'root/link', mode: 0o120777, data: Buffer.from('/etc/passwd') }]],
  ['a device', 'link', [good, { name: 'root/null', mode: 0o020666 }]],
  ['an encrypted entry', 'encrypted', [good, { name: 'root/secret.pdf', flags: 0x0801 }]],
  ['an unknown compression method', 'unsupported-archive', [good, { name: 'root/a.pdf', method: 99 }]],
  ['the same name twice', 'duplicate', [good, good]],
  ['names that differ by case alone', 'case-collision', [good, { name: 'root/mets.XML' }]],
  [
    'names that differ by Unicode form alone',
    'case-collision',
    [good, { name: 'root/quyết.pdf'.normalize('NFC') }, { name: 'root/quyết.pdf'.normalize('NFD') }],
  ],
  ['a file that is a folder too', 'case-collision', [good, { name: 'root/data' }, { name: 'root/data/a.pdf' }]],
  ['two root folders', 'no-single-root', [good, { name: 'other/a.pdf' }]],
  ['a file beside the root folder', 'no-single-root', [good, { name: 'a.pdf' }]],
  ['entries that share their bytes', 'overlap', [good, { name: 'root/copy', sameAs: 0, data: Buffer.from('<mets/>') }]],
  ['an entry that unpacks a thousandfold', 'bomb', [good, { name: 'root/zeros', data: Buffer.alloc(8 * 1024 ** 2) }]],
  ['an announced terabyte', 'bomb', [good, { name: 'root/big', announcedSize: 0xffff_fffe }]],
  [
    'a second name in an extra field',
    'inconsistent-archive',
    [
      good,
      {
        name: 'root/a.pdf',
        extra: Buffer.concat([Buffer.from('75700b00010000000000', 'hex').subarray(0, 9), Buffer.from('b.exe\u0000')]),
      },
    ],
  ],
];

describe('SUB-11 ZIP safety before anything is unpacked', () => {
  it.each(HOSTILE)('refuses %s', async (_fault, code, entries) => {
    await expect(openBytes(rawZip(entries))).rejects.toMatchObject({ code: `archive-package.${code}` });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a PDF', Buffer.from('%PDF-1.7')],
    ['half an archive', rawZip([good]).subarray(0, 40)],
  ])('refuses %s as unreadable', async (_what, bytes) => {
    await expect(openBytes(bytes)).rejects.toMatchObject({ code: 'archive-package.unreadable-archive' });
  });

  it.each([
    ['another name inside than in the directory', { name: 'root/a.pdf', localName: 'root/b.exe' }],
    ['a wrong CRC', { name: 'root/a.pdf', crc: 1 }],
    ['more bytes than announced', { name: 'root/a.pdf', data: Buffer.alloc(1000), announcedSize: 10 }],
  ])('refuses %s when the entry is read', async (_fault, entry) => {
    const contents = await openBytes(rawZip([good, entry]));
    await expect(contents.open('a.pdf').then((stream) => stream.toArray())).rejects.toMatchObject({
      code: 'archive-package.inconsistent-archive',
    });
  });

  it('reads what another program packed, folder entries included', async () => {
    const contents = await openBytes(rawZip([{ name: 'root/', data: Buffer.alloc(0), mode: 0o040755 }, good]));
    expect(contents.folder).toBe('root');
    expect(Buffer.concat(await (await contents.open('METS.xml')).toArray()).toString()).toBe('<mets/>');
    await contents.close();
  });
});
