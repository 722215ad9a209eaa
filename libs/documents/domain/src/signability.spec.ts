import { assertFilesSignable } from './signability.ts';

describe('files that cannot be signed', () => {
  it('F-09 EX-NUM-3 nothing is said of files that can be signed', () => {
    expect(() => assertFilesSignable([{ name: 'a.pdf', pointer: '/body/mainFileId' }])).not.toThrow();
  });

  it('F-09 the first file names the problem, every file its own fault', () => {
    const files = [
      { name: 'chinh.pdf', pointer: '/body/mainFileId' as const },
      { name: 'phu-luc-1.pdf', pointer: '/body/attachmentFileIds/0' as const, obstacle: 'damaged' as const },
      { name: 'phu-luc-2.pdf', pointer: '/body/attachmentFileIds/1' as const, obstacle: 'no-page' as const },
    ];
    expect(() => assertFilesSignable(files)).toThrow(
      expect.objectContaining({
        code: 'documents.file-not-signable.damaged',
        params: { name: 'phu-luc-1.pdf' },
        faults: [
          expect.objectContaining({
            pointer: '/body/attachmentFileIds/0',
            code: 'documents.file-not-signable.damaged',
          }),
          expect.objectContaining({
            pointer: '/body/attachmentFileIds/1',
            code: 'documents.file-not-signable.no-page',
            detail: expect.objectContaining({ vi: expect.stringMatching(/^Tệp "phu-luc-2\.pdf" không có trang nào/) }),
          }),
        ],
      }),
    );
  });
});
