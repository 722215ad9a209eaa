import { assertHandlingResult, owesDossier } from './handling-result.ts';
import type { HandlingResult } from './handling-result.ts';

const filed: HandlingResult = { outcome: 'filed', summary: 'Đã phổ biến trong đơn vị' };
const check = (change: Partial<HandlingResult>): void => {
  assertHandlingResult({ ...filed, ...change });
};

describe('result of handling', () => {
  it('NĐ30-A24-2: work ends with a result; a reply names the answering document', () => {
    check({});
    check({ outcome: 'replied', replyDocumentId: 'doc-2' });
    expect(() => {
      check({ summary: ' ' });
    }).toThrow('kết quả');
    expect(() => {
      check({ outcome: 'replied' });
    }).toThrow('văn bản trả lời');
  });

  it('NĐ30-A4-5: the handler owes a dossier until the work lies in one', () => {
    expect(owesDossier(filed)).toBe(true);
    expect(owesDossier({ ...filed, dossierId: 'd-1' })).toBe(false);
  });
});
