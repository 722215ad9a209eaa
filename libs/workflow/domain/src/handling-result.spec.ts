import { assertHandlingResult } from './handling-result.ts';
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
    }).toThrow('the result');
    expect(() => {
      check({ outcome: 'replied' });
    }).toThrow('the reply');
  });
});
