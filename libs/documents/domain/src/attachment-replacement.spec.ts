import { shownOutcome, withReplaced } from './attachment-replacement.ts';

const main = { fileId: 'f-main', role: 'main' as const };
const first = { fileId: 'f-1', role: 'attachment' as const };
const second = { fileId: 'f-2', role: 'attachment' as const };
const fresh = { fileId: 'f-3', role: 'attachment' as const };

describe('replacing an attachment of a numbered document', () => {
  it('F-09 EX-NUM-3 the new file stands in the place of the old one, the rest stays', () => {
    expect(withReplaced([main, first, second], 'f-1', fresh)).toEqual([main, fresh, second]);
  });

  it.each([
    ['the main file', 'f-main', fresh, 'documents.attachment-missing'],
    ['a file of another document', 'f-9', fresh, 'documents.attachment-missing'],
    ['by a file that it has already', 'f-1', second, 'documents.file-attached-already'],
  ])('F-09 NĐ30-A11-2 not %s', (_, attachmentId, file, code) => {
    expect(() => withReplaced([main, first, second], attachmentId, file)).toThrow(expect.objectContaining({ code }));
  });

  it('F-09 a proposal that the document went past is open no more', () => {
    expect(shownOutcome('open', 'numbered')).toBe('open');
    expect(shownOutcome('open', 'agency_signed')).toBe('lapsed');
    expect(shownOutcome('approved', 'issued')).toBe('approved');
  });
});
