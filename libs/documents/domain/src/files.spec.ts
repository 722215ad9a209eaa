import { assertMainFile } from './files.ts';

const file = { name: 'Phụ lục.csv', sniffedType: 'text/plain', sizeBytes: 10 };

describe('files', () => {
  it('QĐ28-A6-6: the signed document itself is a PDF', () => {
    assertMainFile({ ...file, sniffedType: 'application/pdf' });
    expect(() => assertMainFile(file)).toThrow('file-not-allowed');
  });
});
