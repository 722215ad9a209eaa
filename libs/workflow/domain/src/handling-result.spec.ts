import { assertHandlingResult } from './handling-result.ts';
import type { HandlingResult } from './handling-result.ts';

const check = (result: HandlingResult): void => {
  assertHandlingResult(result);
};

describe('result of handling', () => {
  it('NĐ30-A4-5: work ends in a dossier', () => {
    check({ outcome: 'filed', dossierId: 'd-1' });
    expect(() => {
      check({ outcome: 'filed' });
    }).toThrow('hồ sơ');
  });

  it('NĐ30-A4-5: a reply names the answering document', () => {
    check({ outcome: 'replied', replyDocumentId: 'doc-2', dossierId: 'd-1' });
    expect(() => {
      check({ outcome: 'replied', dossierId: 'd-1' });
    }).toThrow('văn bản trả lời');
  });
});
