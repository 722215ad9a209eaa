import { ROLES } from '@qlvb/contracts';
import type { Role } from '@qlvb/contracts';
import { acceptedPermissions } from '@qlvb/platform-auth';
import type { TestTokenClaims } from '@qlvb/platform-auth-testing';
import { declaredOperations } from '@qlvb/platform-http';
import { idFrom } from '@qlvb/shared-domain';
import type { TestService } from './test-service.ts';

/** The accounts of one agency with which every operation is tried; `part` is the officer whose work it is. */
const ACCOUNTS = {
  part: ['officer', 'own'],
  officer: ['officer', 'own'],
  'unit-head': ['unit_head', 'own'],
  'other-unit-head': ['unit_head', 'other'],
  'layout-checker': ['layout_checker', 'other'],
  leader: ['leader', 'other'],
  'other-leader': ['leader', 'other'],
  clerk: ['clerk', 'other'],
  archivist: ['archivist', 'other'],
  administrator: ['agency_admin', 'other'],
  auditor: ['auditor', 'other'],
} as const satisfies Record<string, readonly [Role, 'own' | 'other']>;

export type ColleagueName = keyof typeof ACCOUNTS;
export const COLLEAGUES = Object.keys(ACCOUNTS) as ColleagueName[];

export interface Colleague extends TestTokenClaims {
  readonly agencyId: string;
  readonly userId: string;
  readonly postId: string;
  readonly unitId: string;
  readonly fullName: string;
  readonly role: Role;
}

export type Colleagues = Readonly<Record<ColleagueName, Colleague>>;

/** One account of each kind, in the unit whose work is tried or in another one. */
export function colleaguesOf(agencyId: string): Colleagues {
  const made = COLLEAGUES.map((name): [ColleagueName, Colleague] => {
    const [role, unit] = ACCOUNTS[name];
    return [
      name,
      {
        agencyId,
        userId: idFrom(`user:${agencyId}:${name}`),
        postId: idFrom(`post:${agencyId}:${name}`),
        unitId: idFrom(`unit:${agencyId}:${unit}`),
        permissions: [...ROLES[role]],
        fullName: name,
        role,
      },
    ];
  });
  return Object.fromEntries(made) as unknown as Colleagues;
}

export interface Attempt {
  readonly path: string;
  readonly body?: unknown;
  /** What the answer shows of the thing, to whom it is shown; an answer without it shows nothing. */
  readonly marks?: readonly string[];
}

/** One operation on a thing in one state. */
export interface ColleagueRow {
  /** As it is declared: `GET /dossiers/:dossierId`. */
  readonly operation: string;
  /** Which thing, in which state. */
  readonly on: string;
  /** Made anew for every account that may change the thing. */
  readonly attempt: () => Promise<Attempt>;
  /** Who is answered with the thing. */
  readonly done: readonly ColleagueName[];
  /** Who sees the thing and is told why the act is not his. */
  readonly refused?: { readonly by: readonly ColleagueName[]; readonly code: string };
}

export interface ColleagueTable {
  readonly test: () => TestService;
  readonly colleagues: Colleagues;
  readonly rows: readonly ColleagueRow[];
  /** Operations on nothing that hangs on a document or dossier, each with why. */
  readonly others: Readonly<Record<string, string>>;
}

/**
 * Tries every row with every account. Whom a row does not name is answered as if the thing were not there: 404, or a list
 * without it; who lacks the operation's permission is refused before.
 *
 * @source SEC-Z02
 * @source SEC-Z05
 */
export function colleagueSuite({ test, colleagues, rows, others }: ColleagueTable): void {
  const operations = new Map(declaredOperations().map((spec) => [`${spec.method} ${spec.path}`, spec]));

  it('F-22 SEC-Z02 every operation of the service stands in the table', () => {
    const listed = [...new Set([...rows.map(({ operation }) => operation), ...Object.keys(others)])];
    expect(listed.sort()).toEqual([...operations.keys()].sort());
  });

  const cells = rows.flatMap((row) => COLLEAGUES.map((name) => [row.operation, row.on, name, row] as const));
  it.each(cells)('F-22 SEC-Z02 SEC-Z05 %s on %s, asked by the %s', async (operation, _on, name, row) => {
    const spec = operations.get(operation);
    if (!spec) throw new Error(`there is no ${operation}`);
    const colleague = colleagues[name];
    const { path, body, marks = [] } = await row.attempt();
    const answer = await test().ask(path, { as: colleague, ...(body === undefined ? {} : { body }) });
    const text = await answer.text();
    const shown = answer.ok && marks.every((mark) => text.includes(mark));
    const leaked = marks.some((mark) => text.includes(mark));
    const code = (/"code":"([^"]+)"/.exec(text) ?? [])[1];
    const wanted = acceptedPermissions(spec);
    if (wanted.length > 0 && !wanted.some((permission) => colleague.permissions?.includes(permission))) {
      expect([answer.status, code, leaked]).toEqual([403, 'auth.permission-missing', false]);
    } else if (row.done.includes(name)) {
      expect([answer.status, shown, text]).toEqual([
        spec.response?.status ?? (spec.method === 'GET' ? 200 : 201),
        true,
        text,
      ]);
    } else if (row.refused?.by.includes(name)) {
      expect([answer.status, code]).toEqual([403, row.refused.code]);
    } else {
      const isList = spec.method === 'GET' && !spec.path.includes(':');
      expect([answer.status, leaked, text]).toEqual([isList ? 200 : 404, false, text]);
    }
  });
}
