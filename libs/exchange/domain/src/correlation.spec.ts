import { correlate } from './correlation.ts';
import type { SentPackage } from './correlation.ts';

const sent = (changes: Partial<SentPackage> = {}): SentPackage => ({
  packageId: 'p1',
  senderDocumentId: 'H46.05,2026/11/23,05/QĐ-STTTT',
  documentCode: '05/QĐ-STTTT',
  issuedOn: '2026-11-23',
  isToReporter: true,
  ...changes,
});
const toOther = sent({ packageId: 'p2', isToReporter: false });

describe('F-29 which document a status speaks of', () => {
  it.each([
    ['by its identifier', { documentId: 'H46.05,2026/11/23,05/QĐ-STTTT' }, undefined, 'document-id'],
    ['by the package that could not be read', { documentId: 'p1' }, undefined, 'document-id'],
    ['by code and date', { documentCode: '05/QĐ-STTTT', issuedOn: '2026-11-23' }, undefined, 'code'],
    ['by code and date where the identifier is useless', { documentId: '?', documentCode: '05/QĐ-STTTT', issuedOn: '2026-11-23' }, undefined, 'code'], // prettier-ignore
    ['by the code alone', { documentCode: '05/QĐ-STTTT' }, undefined, 'code'],
    ['by the answered package where it names nothing', {}, 'p1', 'reply'],
  ] as const)('F-29 %s', (_how, named, inReplyTo, by) => {
    expect(correlate(named, inReplyTo, [sent(), toOther])).toMatchObject({ found: { packageId: 'p1' }, by });
  });

  it.each([
    ['another document than the answered one', { documentId: 'H46.05,2026/11/23,06/QĐ-STTTT' }, 'p1', 'nothing-sent'],
    ['the same code of another day', { documentCode: '05/QĐ-STTTT', issuedOn: '2025-11-23' }, 'p1', 'nothing-sent'],
    ['an identifier that is not ours and a code alone', { documentId: '?', documentCode: '05/QĐ-STTTT' }, undefined, 'nothing-sent'], // prettier-ignore
    ['nothing', {}, undefined, 'nothing-sent'],
  ] as const)('F-29 %s is no report about it', (_what, named, inReplyTo, fault) => {
    expect(correlate(named, inReplyTo, [sent(), toOther])).toEqual({ found: undefined, fault });
  });

  it('EX-ST-3 who did not get it says nothing about it', () => {
    expect(correlate({ documentId: toOther.senderDocumentId }, 'p2', [toOther])).toEqual({
      found: undefined,
      fault: 'not-recipient',
    });
  });

  it('F-29 several that fit are for a person, unless the axis says which', () => {
    const two = [sent(), sent({ packageId: 'p3' })];
    expect(correlate({ documentCode: '05/QĐ-STTTT' }, undefined, two)).toEqual({
      found: undefined,
      fault: 'ambiguous',
    });
    expect(correlate({ documentCode: '05/QĐ-STTTT' }, 'p3', two)).toMatchObject({ found: { packageId: 'p3' } });
  });
});
