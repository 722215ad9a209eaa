import { fileNameFault } from './file-name.ts';

describe('file names', () => {
  it.each([
    ['Quyết định 15.pdf', undefined],
    ['a'.repeat(180), undefined],
    ['', 'FILE_NAME_LENGTH'],
    ['a'.repeat(181), 'FILE_NAME_LENGTH'],
    ['Quyết định.pdf'.normalize('NFD'), 'FILE_NAME_NOT_NFC'],
    ['a/b.pdf', 'FILE_NAME_CHARACTER'],
    ['..', 'FILE_NAME_CHARACTER'],
    ['a\u202efdp.exe', 'FILE_NAME_CHARACTER'],
    ['a\u200b.pdf', 'FILE_NAME_CHARACTER'],
    ['a\n.pdf', 'FILE_NAME_CHARACTER'],
    ['a|b', 'FILE_NAME_CHARACTER'],
  ])('FMT-09 %j: %s', (name, fault) => {
    expect(fileNameFault(name)).toBe(fault);
  });
});
