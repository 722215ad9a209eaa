import { assertAgencySignable, assertLayoutCheckable, assertSignable, legalStatus } from './review.ts';
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
  it('NĐ30-A32-5 NĐ30-A17-2: the agency signs only after a valid personal signature', () => {
    assertAgencySignable('valid');
    for (const verdict of ['invalid', 'indeterminate', undefined] as const) {
      expect(() => assertAgencySignable(verdict)).toThrow('agency-signature-too-early');
    }
  });

  it('NĐ30-A5-1: an original carries both valid signatures', () => {
    expect(legalStatus('valid', 'valid')).toBe('original');
    expect(legalStatus('valid', undefined)).toBe('not_original');
    expect(legalStatus('valid', 'indeterminate')).toBe('not_original');
    expect(legalStatus('invalid', 'valid')).toBe('not_original');
  });
});
