import { assertFileAllowed, assertMainFile } from './files.ts';

const formats = [
  { extension: 'pdf', mediaTypes: ['application/pdf'] },
  { extension: 'csv', mediaTypes: ['text/csv', 'text/plain'] },
];
const file = { name: 'Phụ lục.csv', sniffedType: 'text/plain', sizeBytes: 10 };

describe('files', () => {
  it('QB-A4-4: only listed formats whose content is what the extension says', () => {
    assertFileAllowed(file, formats, 100);
    assertFileAllowed({ ...file, name: 'QĐ.PDF', sniffedType: 'application/pdf' }, formats, 100);
    for (const [name, sniffedType] of [
      ['a.exe', 'application/x-msdownload'],
      ['a.pdf', 'application/x-msdownload'],
      ['a.pdf.exe', 'application/pdf'],
      ['pdf', 'application/pdf'],
    ] as const) {
      expect(() => assertFileAllowed({ ...file, name, sniffedType }, formats, 100)).toThrow('file-not-allowed');
    }
    expect(() => assertFileAllowed(file, formats, 9)).toThrow('file-too-large');
  });

  it('QĐ28-A6-6: the signed document itself is a PDF', () => {
    assertMainFile({ ...file, sniffedType: 'application/pdf' });
    expect(() => assertMainFile(file)).toThrow('file-not-allowed');
  });
});
