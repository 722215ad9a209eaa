import { administers, GRANTS, mayGrant, rolesGoTogether, ROLES } from './index.ts';
import type { Role } from './index.ts';

const EVERY = Object.keys(ROLES) as Role[];
const subsets = (roles: readonly Role[]): Role[][] =>
  roles.reduce<Role[][]>((all, role) => [...all, ...all.map((one) => [...one, role])], [[]]);
const COMBINATIONS = subsets(EVERY);

describe('F-04 SEC-Z04: which roles a person may give', () => {
  it('F-04 over all combinations of roles: proposes with an administrator’s role only, approves with a leader’s only', () => {
    expect(COMBINATIONS).toHaveLength(2 ** EVERY.length);
    for (const held of COMBINATIONS) {
      for (const role of EVERY) {
        expect([held, mayGrant('propose', held, [role])]).toEqual([held, held.includes('agency_admin')]);
        expect([held, mayGrant('approve', held, [role])]).toEqual([held, held.includes('leader')]);
        expect([held, mayGrant('standIn', held, [role])]).toEqual([held, held.includes('agency_admin')]);
      }
    }
  });

  it('F-04 IDN-02: no role both proposes and approves', () => {
    for (const [role, { propose, approve }] of Object.entries(GRANTS)) {
      expect([role, propose.length > 0 && approve.length > 0]).toEqual([role, false]);
    }
  });
});

describe('F-04 SEC-Z05, SEC-Z06: which roles one person may hold', () => {
  it('F-04 over all combinations in one post: who administers or audits does nothing else', () => {
    for (const roles of COMBINATIONS) {
      const special = roles.includes('agency_admin') || roles.includes('auditor');
      expect([roles, rolesGoTogether([roles])]).toEqual([roles, !special || roles.length === 1]);
    }
  });

  it('F-04 over all pairs of posts: never administrator and auditor', () => {
    for (const first of EVERY) {
      for (const second of EVERY) {
        const both = [first, second].toSorted().join() === 'agency_admin,auditor';
        expect([first, second, rolesGoTogether([[first], [second]])]).toEqual([first, second, !both]);
      }
    }
  });
});

it('F-22 SEC-Z05 of all combinations of roles those with an administrator’s are an administrator’s, and no others', () => {
  for (const roles of COMBINATIONS) {
    const permissions = roles.flatMap((role): readonly string[] => ROLES[role]);
    expect([roles, administers(permissions)]).toEqual([roles, roles.includes('agency_admin')]);
  }
});
