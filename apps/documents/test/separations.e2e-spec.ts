import { ROLES } from '@qlvb/contracts';
import type { Role } from '@qlvb/contracts';
import { checker, Office, officer, unitHead } from './office.ts';
import type { Colleague, Outgoing } from './office.ts';

const roles = Object.keys(ROLES) as Role[];
/** Every combination of roles that there is. */
const combinations = Array.from({ length: 2 ** roles.length }, (_, bits) =>
  roles.filter((_role, index) => (bits >> index) & 1),
);
const inRoles = (person: Colleague, held: readonly Role[]): Colleague => ({
  ...person,
  permissions: [...new Set(held.flatMap((role) => ROLES[role] as readonly string[]))],
});

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office.test.stop());

/** What each combination of roles gets for an act, and whether the document offered it. */
async function tries(document: Outgoing, path: string, act: string, who: Colleague) {
  const outcomes: { held: readonly Role[]; status: number; code: string; offered: boolean }[] = [];
  for (const held of combinations) {
    const as = inRoles(who, held);
    const seen = await office.test.ask(`/outgoing-documents/${document.documentId}`, { as });
    const { allowedActs = [] } = (await seen.json()) as Partial<Outgoing>;
    const answer = await office.test.ask(`/outgoing-documents/${document.documentId}/${path}`, {
      as,
      body: { outcome: 'passed' },
    });
    const { code = '' } = (await answer.json()) as { code?: string };
    outcomes.push({ held, status: answer.status, code, offered: allowedActs.includes(act) });
  }
  return outcomes;
}

/** Nobody got through; those whose roles would allow the act learn that another person must do it. */
function expectSeparated(outcomes: Awaited<ReturnType<typeof tries>>, role: Role): void {
  expect(outcomes).toHaveLength(combinations.length);
  for (const { held, status, code, offered } of outcomes) {
    expect([held, status === 403 || status === 404, offered]).toEqual([held, true, false]);
    if (held.includes(role)) expect([held, code]).toEqual([held, 'auth.duties-not-separate']);
  }
}

describe('F-04 one person with any combination of roles', () => {
  it('NĐ30-A12-1: never checks the content of what he wrote, nor NĐ30-A12-2 its layout', async () => {
    const draft = await office.draft();
    await office.act(draft.documentId, 'submissions', officer);
    expectSeparated(await tries(draft, 'content-checks', 'approve_content', officer), 'unit_head');
    await office.act(draft.documentId, 'content-checks', unitHead, { outcome: 'passed' });
    expectSeparated(await tries(draft, 'layout-checks', 'approve_layout', officer), 'layout_checker');
    await office.act(draft.documentId, 'layout-checks', checker, { outcome: 'passed' });
  });

  it('NĐ30-A12-2: never checks the layout where he checked the content', async () => {
    const draft = await office.draft();
    await office.act(draft.documentId, 'submissions', officer);
    await office.act(draft.documentId, 'content-checks', unitHead, { outcome: 'passed' });
    expectSeparated(await tries(draft, 'layout-checks', 'approve_layout', unitHead), 'layout_checker');
    await office.act(draft.documentId, 'layout-checks', checker, { outcome: 'passed' });
  });
});
