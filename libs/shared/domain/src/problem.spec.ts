import { declaredProblems, defineProblem, DomainError } from './index.ts';

const Closed = defineProblem({
  code: 'shared-domain.test-register-closed',
  kind: 'conflict',
  source: 'NĐ30-A15-1',
  title: { vi: 'Sổ đã khóa', en: 'Register closed' },
  detail: { vi: 'Sổ {register} đã khóa.', en: 'Register {register} is closed.' },
});

describe('defineProblem', () => {
  it('makes errors that carry code, kind, rule and filled texts in both languages', () => {
    const error = Closed({ register: 'QĐ 2026' });
    expect(error).toBeInstanceOf(DomainError);
    expect(error.kind).toBe('conflict');
    expect(error.detail('vi')).toBe('Sổ QĐ 2026 đã khóa.');
    expect(error.detail('en')).toBe('Register QĐ 2026 is closed.');
    expect(Closed.is(error)).toBe(true);
  });

  it('lists what was declared and refuses a second meaning for a code', () => {
    expect(declaredProblems().map((problem) => problem.code)).toContain('shared-domain.test-register-closed');
    expect(() => defineProblem({ ...Closed.declaration, kind: 'invalid' })).toThrow('declared twice');
    expect(() => defineProblem({ ...Closed.declaration, code: 'NoDots' })).toThrow('bad problem code');
  });
});
