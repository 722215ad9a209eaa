import { assertLayoutCheckable, assertSignable, legalStatus, signatureIgnored } from './review.ts';
import type { ReviewCheck } from './review.ts';

const content = (version: number): ReviewCheck => ({ aspect: 'content', version, checkedBy: 'u-head' });
const layout = (version: number): ReviewCheck => ({ aspect: 'layout', version, checkedBy: 'u-clerk' });

describe('checks before signing', () => {
  it('NĐ30-A12-1: no signature without the content check of the drafting unit', () => {
    expect(() => assertSignable(1, [])).toThrow('content-not-checked');
    expect(() => assertSignable(1, [layout(1)])).toThrow('content-not-checked');
  });

  it('NĐ30-A12-2: no signature without the layout check, which follows the content check', () => {
    expect(() => assertSignable(1, [content(1)])).toThrow('layout-not-checked');
    expect(() => assertLayoutCheckable(1, [])).toThrow('content-not-checked');
    assertLayoutCheckable(1, [content(1)]);
    assertSignable(1, [content(1), layout(1)]);
  });

  it('NĐ30-A11-2: checks of an older version do not cover a later edit', () => {
    expect(() => assertSignable(2, [content(1), layout(1)])).toThrow('version 2');
    expect(() => assertSignable(2, [content(1), layout(1), content(2)])).toThrow('layout');
  });
});

describe('signatures', () => {
  const waiting = {
    state: 'awaiting_signature' as const,
    version: 2,
    signerId: 'u-leader',
    checks: [content(2), layout(2)],
    fileIds: ['f-main', 'f-new'],
  };
  const personal = { kind: 'personal' as const, signedBy: 'u-leader' };

  it('NĐ30-A11-2: a signature on a version that was changed or returned meanwhile changes nothing', () => {
    expect(signatureIgnored(waiting, personal)).toBeUndefined();
    expect(signatureIgnored(waiting, { ...personal, version: 2 })).toBeUndefined();
    expect(signatureIgnored(waiting, { ...personal, version: 1 })).toBe('version_not_checked');
    expect(signatureIgnored({ ...waiting, version: 3 }, personal)).toBe('version_not_checked');
    expect(signatureIgnored({ ...waiting, state: 'drafting' }, personal)).toBe('another_step');
  });

  it('NĐ30-A11-1: only the signer whom the draft names signs', () => {
    expect(signatureIgnored(waiting, { ...personal, signedBy: 'u-other' })).toBe('not_the_signer');
  });

  it('NĐ30-A14-1: the agency signs a numbered document', () => {
    const agency = { kind: 'agency' as const, signedBy: 'u-clerk' };
    expect(signatureIgnored({ ...waiting, state: 'numbered' }, agency)).toBeUndefined();
    expect(signatureIgnored({ ...waiting, state: 'signed' }, agency)).toBe('another_step');
    expect(signatureIgnored({ ...waiting, state: 'cancelled' }, agency)).toBe('another_step');
  });

  it('F-09 EX-NUM-3: the agency’s signature on an attachment that was replaced meanwhile changes nothing', () => {
    const numbered = { ...waiting, state: 'numbered' as const };
    const agency = { kind: 'agency' as const, signedBy: 'u-clerk' };
    expect(signatureIgnored(numbered, { ...agency, files: ['f-main', 'f-old'] })).toBe('other_files');
    expect(signatureIgnored(numbered, { ...agency, files: ['f-main', 'f-new'] })).toBeUndefined();
  });

  it('NĐ30-A5-1: an original carries both valid signatures', () => {
    expect(legalStatus('valid', 'valid')).toBe('original');
    expect(legalStatus('valid', undefined)).toBe('not_original');
    expect(legalStatus('valid', 'indeterminate')).toBe('not_original');
    expect(legalStatus('invalid', 'valid')).toBe('not_original');
  });
});
