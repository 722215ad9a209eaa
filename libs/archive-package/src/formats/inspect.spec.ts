import { FormatInspector } from './inspect.ts';

function inspect(bytes: string | Buffer, extension = '', chunk = 7) {
  const inspector = new FormatInspector();
  const all = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
  for (let at = 0; at < all.length; at += chunk) inspector.update(all.subarray(at, at + chunk));
  return inspector.finish(extension);
}

describe('SUB-15 a format is what the bytes say', () => {
  it.each([
    ['%PDF-1.7\n', 'pdf', 'application/pdf', 'fmt/276'],
    [
      '%PDF-1.4\n<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>',
      'pdf',
      'application/pdf',
      'fmt/354',
    ],
    ['%PDF-1.7\n pdfaid:part="2" pdfaid:conformance="U"', 'pdf', 'application/pdf', 'fmt/478'],
    ['\u00ff\u00d8\u00ff\u00e0\u0000\u0010JFIF\u0000\u0001\u0001', 'jpg', 'image/jpeg', 'fmt/43'],
    ['GIF87a', 'gif', 'image/gif', 'fmt/3'],
    ['GIF89a', 'gif', 'image/gif', 'fmt/4'],
    ['<?xml version="1.0"?><a/>', 'xml', 'text/xml', 'fmt/101'],
    [
      'PK\u0003\u0004....[Content_Types].xml word/document.xml',
      'docx',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'fmt/412',
    ],
    ['a,b\n1,2\n', 'csv', 'text/csv', 'x-fmt/18'],
    ['xin chào', 'txt', 'text/plain', 'x-fmt/111'],
  ])('recognises %j', (bytes, extension, mimeType, pronomId) => {
    expect(inspect(bytes, extension)).toMatchObject({ mimeType, pronomId, encrypted: false });
  });

  it.each([
    ['%PDF-\n', 'pdf', 'application/pdf'],
    ['\u00ff\u00d8\u00ff\u00e1', 'jpg', 'image/jpeg'],
    ['\u0089PNG\r\n\u001a\n', 'png', 'image/png'],
    [
      `PK\u0003\u0004${'.'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument.text`,
      'odt',
      'application/vnd.oasis.opendocument.text',
    ],
    ['{\\rtf1', 'rtf', 'application/rtf'],
    ['<a/>', 'xml', 'text/xml'],
    ['\u00ff\u00f1', 'aac', 'audio/aac'],
  ])('F-32 says no version that the bytes do not say: %j', (bytes, extension, mimeType) => {
    const found = inspect(bytes, extension);
    expect([found.mimeType, found.version, found.pronomId]).toEqual([mimeType, undefined, undefined]);
  });

  it.each([
    ['MZ\u0000\u0001', 'pdf', undefined],
    ['PK\u0003\u0004abc', 'docx', 'application/zip'],
    ['', 'txt', undefined],
  ])('does not believe a name: %j', (bytes, extension, mimeType) => {
    expect(inspect(bytes, extension).mimeType).toBe(mimeType);
  });
});

describe('SUB-17 a password is noticed', () => {
  it.each([1, 3, 64])('in a PDF, cut into chunks of %d', (chunk) => {
    expect(inspect('%PDF-1.7\ntrailer << /Encrypt 12 0 R >>', 'pdf', chunk).encrypted).toBe(true);
    expect(inspect('%PDF-1.7\n(the word /Encrypt alone)', 'pdf', chunk).encrypted).toBe(false);
  });

  it('in an Office file', () => {
    const bytes = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]);
    expect(inspect(bytes, 'docx').encrypted).toBe(true);
  });
});
