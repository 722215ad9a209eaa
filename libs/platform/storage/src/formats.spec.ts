import { formatOf, FORMATS } from './formats.ts';

const head = (text: string): Buffer => Buffer.from(text, 'latin1');
const PDF = head('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n');
const OLE = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)]);
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(64)]);

describe('formats of Thông tư 39/2017', () => {
  it.each([
    ['van-ban.pdf', 'application/pdf', PDF],
    ['cu.doc', 'application/msword', OLE],
    ['anh.png', 'image/png', PNG],
    ['ghi chú.txt', 'text/plain; charset=utf-8', Buffer.from('Cộng hòa xã hội')],
    ['so-lieu.csv', 'text/csv', Buffer.from('a,b\n1,2\n')],
    ['Văn bản.PDF', 'application/octet-stream', PDF],
  ])('FMT-01 accepts %s', async (name, type, content) => {
    await expect(formatOf(name, type, content)).resolves.toBeDefined();
  });

  it.each([
    ['exe gọi là pdf', 'virus.pdf', 'application/pdf', head('MZ\u0090\u0000')],
    ['pdf declared as Word', 'a.pdf', 'application/msword', PDF],
    ['pdf bytes under another extension', 'a.docx', 'application/pdf', PDF],
    ['html renamed', 'a.txt', 'text/plain', head('<!DOCTYPE html><script>')],
    ['a script renamed', 'a.txt', 'text/plain', head('#!/bin/sh\nrm -rf /')],
    ['text that is not UTF-8', 'a.txt', 'text/plain', Buffer.from([0xc3, 0x28, 0x41, 0x41])],
  ])('FMT-02 refuses %s', async (_, name, type, content) => {
    await expect(formatOf(name, type, content)).rejects.toThrow('storage.format-mismatch');
  });

  it.each(['a.exe', 'a.rar', 'a.html', 'a.docm', 'a.svg', 'vb.pdf.exe', 'khong-duoi'])(
    'FMT-03 refuses %s',
    async (name) => {
      await expect(formatOf(name, 'application/octet-stream', PDF)).rejects.toThrow('storage.format-not-allowed');
    },
  );

  it.each(['../a.pdf', 'a\u202Efdp.pdf', 'a\u0000.pdf', `${'x'.repeat(200)}.pdf`])(
    'FMT-09 refuses the name %j',
    async (name) => {
      await expect(formatOf(name, 'application/pdf', PDF)).rejects.toThrow('storage.file-name-invalid');
    },
  );

  it('FMT-06 only PDF can be the document itself', () => {
    expect(FORMATS.filter((format) => format.mainDocument).map((format) => format.mediaType)).toEqual([
      'application/pdf',
    ]);
  });
});
