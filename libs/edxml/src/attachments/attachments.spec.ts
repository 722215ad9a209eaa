import { Base64Reader, Base64Writer } from './base64.ts';
import { mediaTypeOf } from './media-type.ts';
import { zipOf } from './zip-writer.ts';

const decode = (...pieces: string[]): Buffer => {
  const reader = new Base64Reader();
  const bytes = Buffer.concat(pieces.map((piece) => reader.read(piece)));
  reader.end();
  return bytes;
};

describe('base64 of attachments', () => {
  const bytes = Buffer.from('Quyết định về việc ban hành quy chế');
  const text = bytes.toString('base64');

  it('R7 decodes whatever the pieces and the blanks in it', () => {
    for (let size = 1; size < 9; size += 1) {
      const pieces = text.match(new RegExp(`.{1,${size}}`, 'g')) ?? [];
      expect(decode(...pieces)).toEqual(bytes);
      expect(decode(...pieces.flatMap((piece) => [piece, '\r\n\t ']))).toEqual(bytes);
    }
  });

  it.each([
    'JVBE*',
    'JVB',
    'JV==JV==',
    'J===',
    '====',
    '=',
    'JVBE-_==',
    'JVBERi0x<',
    'JVBE\u00a0',
    'JV=A',
    'JVBE\u0000',
  ])('R7 refuses %j', (broken) => {
    expect(() => decode(broken)).toThrow('attachment-not-base64');
    expect(() => decode(...broken)).toThrow('attachment-not-base64');
  });

  it('encodes piece by piece what Node encodes at once', () => {
    for (const size of [1, 2, 3, 4, 5]) {
      const writer = new Base64Writer();
      let out = '';
      for (let at = 0; at < bytes.length; at += size) out += writer.write(bytes.subarray(at, at + size));
      expect(out + writer.end()).toBe(text);
    }
  });
});

describe('media types (R7 D10)', () => {
  it.each([
    ['%PDF-1.7', 'a.doc', 'application/pdf'],
    ['PK\u0003\u0004', 'a.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['PK\u0003\u0004', 'a.pdf', 'application/zip'],
    ['\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1', 'a.XLS', 'application/vnd.ms-excel'],
    ['\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1', 'a', 'application/x-ole-storage'],
    ['xin chào', 'a.txt', 'text/plain'],
    ['xin chào', 'a.pdf', 'application/octet-stream'],
    ['\u0000\u0001', 'a.txt', 'application/octet-stream'],
    ['\u00ff\u00d8\u00ff\u00e0', undefined, 'image/jpeg'],
  ])('%j under the name %s is %s', (head, name, type) => {
    expect(mediaTypeOf(Buffer.from(head, 'latin1'), name)).toBe(type);
  });
});

describe('zip with one entry', () => {
  it('is the same bytes for the same content', async () => {
    const make = async (): Promise<Buffer> => {
      const chunks: Buffer[] = [];
      for await (const chunk of zipOf('a.txt', content())) chunks.push(chunk);
      return Buffer.concat(chunks);
    };
    async function* content(): AsyncGenerator<Buffer> {
      yield Buffer.from('một');
      yield Buffer.from('hai');
    }
    expect(await make()).toEqual(await make());
  });

  it('passes on what its content fails with', async () => {
    async function* failing(): AsyncGenerator<Buffer> {
      yield Buffer.from('một');
      throw new Error('đĩa hỏng');
    }
    const all = async (): Promise<void> => {
      for await (const _chunk of zipOf('a.txt', failing()));
    };
    await expect(all()).rejects.toThrow('đĩa hỏng');
  });
});
