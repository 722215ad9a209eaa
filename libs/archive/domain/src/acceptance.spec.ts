import {
  ACCEPTANCE_CHECKS,
  duplicateResult,
  assertAcceptable,
  retentionResult,
  signatureResult,
  signatureVerdict,
  summarise,
  virusResult,
} from './acceptance.ts';
import type { CheckResult } from './acceptance.ts';

const allPassed: readonly CheckResult[] = ACCEPTANCE_CHECKS.map(({ name }) => ({
  check: name,
  outcome: 'success',
  reasons: [],
}));
const withResult = (result: CheckResult): CheckResult[] => [
  ...allPassed.filter((each) => each.check !== result.check),
  result,
];
const dossier = {
  code: 'H46.13.2026.01.CNTT',
  term: { kind: 'years' as const, years: 20 },
  documentTerms: [{ kind: 'years' as const, years: 10 }],
  isListed: true,
  forHistoricalArchive: false,
};

describe('acceptance', () => {
  it('SUB-20: passes when every check passed, and not before every check was made', () => {
    expect(assertAcceptable(allPassed)).toEqual({ outcome: 'pass', refusesBatch: false, reasons: [] });
    expect(() => assertAcceptable(allPassed.slice(1))).toThrow('virus');
  });

  it.each([
    [virusResult('infected'), 'VIRUS', true],
    [{ check: 'archive', outcome: 'fail', reasons: ['ARCHIVE'] } satisfies CheckResult, 'ARCHIVE', true],
    [duplicateResult('x', ['x'], []), 'DUPLICATE_IN_BATCH', false],
    [{ check: 'structure', outcome: 'fail', reasons: ['CHECKSUM'] } satisfies CheckResult, 'CHECKSUM', false],
    [
      { check: 'metadata', outcome: 'fail', reasons: ['METADATA:title'] } satisfies CheckResult,
      'METADATA:title',
      false,
    ],
    [{ check: 'formats', outcome: 'fail', reasons: ['FORMAT'] } satisfies CheckResult, 'FORMAT', false],
    [signatureResult([{ subject: 'a', verdict: 'failed' }]), 'SIGNATURE_INVALID', false],
    [
      { check: 'accessibility', outcome: 'fail', reasons: ['NOT_ACCESSIBLE'] } satisfies CheckResult,
      'NOT_ACCESSIBLE',
      false,
    ],
    [retentionResult({ ...dossier, term: null }), 'RETENTION', false],
  ])('SUB-10 to SUB-18: %j refuses for %s; the whole batch: %s', (result, reason, refusesBatch) => {
    expect(summarise(withResult(result))).toEqual({ outcome: 'fail', refusesBatch, reasons: [reason] });
    expect(() => assertAcceptable(withResult(result), 'vẫn nhận')).toThrow('archive.checks-not-passed');
  });

  it.each([
    [
      'SUB-16',
      signatureResult([
        { subject: 'a', verdict: 'passed' },
        { subject: 'b', verdict: 'indeterminate' },
      ]),
    ],
    ['SUB-12', duplicateResult('x', [], ['x'])],
  ])('%s: what is undecided goes to a person, whose reason settles it', (_rule, result) => {
    expect(summarise(withResult(result)).outcome).toBe('person');
    expect(() => assertAcceptable(withResult(result))).toThrow('archive.checks-not-passed');
    expect(assertAcceptable(withResult(result), 'đã đối chiếu').outcome).toBe('person');
  });

  it('SUB-16: a failed signature outweighs an undecided one', () => {
    const verdicts = (['passed', 'indeterminate', 'failed'] as const).map((verdict) => ({ subject: verdict, verdict }));
    expect(signatureResult(verdicts).reasons).toEqual(['SIGNATURE_INVALID']);
    // Nothing that was judged proves nothing.
    expect(signatureResult([])).toMatchObject({ outcome: 'warning', reasons: ['SIGNATURE_INDETERMINATE'] });
  });

  it('SUB-16: of a document passes what is whole, and authentic wherever a signature should be', () => {
    const file = { legalEffect: 'agency', intact: true, authentic: true };
    const without = { legalEffect: 'none', intact: true, authentic: false };
    expect(signatureVerdict([file, without])).toBe('passed');
    expect(signatureVerdict([file, { ...file, authentic: false }])).toBe('indeterminate');
    expect(signatureVerdict([without])).toBe('indeterminate');
    expect(signatureVerdict([])).toBe('indeterminate');
    expect(signatureVerdict([file, { ...without, intact: false }])).toBe('failed');
  });

  it('SUB-10: a file without scan is noted, never called clean', () => {
    expect(virusResult('not_scanned')).toMatchObject({ outcome: 'warning', reasons: ['NOT_SCANNED'] });
    expect(assertAcceptable(withResult(virusResult('not_scanned'))).reasons).toEqual(['NOT_SCANNED']);
    expect(virusResult('clean').outcome).toBe('success');
  });

  it.each([
    ['no rule was found (RET-7)', { term: null }, ['RETENTION']],
    ['a document is kept longer (LAW-6)', { documentTerms: [{ kind: 'permanent' as const }] }, ['RETENTION']],
    ['the historical archive takes permanent ones only', { forHistoricalArchive: true }, ['RETENTION']],
  ])('SUB-18: fails when %s', (_why, changes, reasons) => {
    expect(retentionResult({ ...dossier, ...changes })).toMatchObject({ outcome: 'fail', reasons });
  });

  it('SUB-18: says to the archivist when it stands in no approved list', () => {
    const unlisted = retentionResult({ ...dossier, isListed: false });
    expect(unlisted).toMatchObject({ outcome: 'warning', reasons: ['NOT_IN_LIST'] });
    expect(retentionResult({ ...dossier, isListed: false, term: null }).outcome).toBe('fail');
  });

  it('SUB-18: passes what is listed and kept long enough', () => {
    expect(retentionResult(dossier).outcome).toBe('success');
    expect(retentionResult({ ...dossier, term: { kind: 'permanent' }, forHistoricalArchive: true }).outcome).toBe(
      'success',
    );
  });
});
