import { ROLES, SEPARATIONS } from '@qlvb/contracts';
import type { Role, SeparatedAct, Separation } from '@qlvb/contracts';

/** The services whose operations do each act. An act of the table that stands here nowhere does not compile. */
export const SERVICES_OF_ACT = {
  'account-change.approve': ['identity'],
  'account-change.concern': ['identity'],
  'account-change.propose': ['identity'],
  'agency-change.approve': ['identity'],
  'agency-change.propose': ['identity'],
  'attachment-replacement.decide': ['documents'],
  'attachment-replacement.propose': ['documents'],
  'certificate.hold': ['signature'],
  'certificate.register': ['signature'],
  'correction.decide': ['documents'],
  'correction.propose': ['documents'],
  'dossier-list.approve': ['archive'],
  'dossier-list.make': ['archive'],
  'dossier.decide': ['archive'],
  'dossier.submit': ['archive'],
  'instruction.follow-up': ['workflow'],
  'instruction.handle': ['workflow'],
  'invitation.confirm': ['identity'],
  'invitation.make': ['identity'],
  'outgoing-document.check-content': ['documents'],
  'outgoing-document.check-layout': ['documents'],
  'outgoing-document.draft': ['documents'],
  'outgoing-document.seal': ['signature'],
  'outgoing-document.sign': ['signature'],
  'right.confirm': ['archive', 'documents'],
  'right.give-by-hand': ['archive', 'documents'],
} as const satisfies Record<SeparatedAct, readonly string[]>;

export type SeparatingService = (typeof SERVICES_OF_ACT)[SeparatedAct][number];

/** The pairs that a service holds. */
export const separationsOf = (service: SeparatingService): Separation[] =>
  SEPARATIONS.filter(({ acts }) => acts.every((act) => (SERVICES_OF_ACT[act] as readonly string[]).includes(service)));

/** `first / second`, as in the table. */
export const pairName = ({ acts }: Separation): string => acts.join(' / ');

const EVERY_ROLE = Object.keys(ROLES) as Role[];
/** Every combination of roles that there is. */
const COMBINATIONS = Array.from({ length: 2 ** EVERY_ROLE.length }, (_, bits) =>
  EVERY_ROLE.filter((_role, index) => (bits >> index) & 1),
);

export const permissionsIn = (roles: readonly Role[]): string[] => [
  ...new Set(roles.flatMap((role) => ROLES[role] as readonly string[])),
];

/** One way to do the second act of a pair, after the first was done. */
export interface SeparationAttempt {
  /** Who did the first tries the second, with these roles. @returns whether it was offered to him, where things offer it */
  readonly attempt: (roles: readonly Role[]) => Promise<{ readonly answer: Response; readonly offered?: boolean }>;
  /** Whether these roles would let another person do it. */
  readonly allows: (roles: readonly Role[]) => boolean;
  /** Another person does it: it was refused for nothing else. */
  readonly another: () => Promise<Response>;
}

/** Under the name of each pair: ways to do one act through the service, and to try the other. */
export type SeparationCases = Readonly<Record<string, readonly (() => Promise<SeparationAttempt>)[]>>;

/**
 * Tries every pair of separated acts that a service holds, by one person with every combination of roles. A pair of the table
 * without a case fails, and so does a case without a pair.
 */
export function separationSuite(service: SeparatingService, cases: SeparationCases): void {
  const pairs = separationsOf(service);

  it('F-04 every pair of the table has a case, and every case is a pair', () => {
    expect(Object.keys(cases).sort()).toEqual(pairs.map(pairName).sort());
  });

  const none = (): Promise<never> => Promise.reject(new Error('no case tries this pair'));
  const ways = pairs.flatMap((pair) =>
    (cases[pairName(pair)] ?? [none]).map((prepare, index) => [pair.source, pairName(pair), index, prepare] as const),
  );
  it.each(ways)(
    'F-04 %s: %s, never by one person with any combination of roles (%i)',
    async (_source, _name, _index, prepare) => {
      const { attempt, allows, another } = await prepare();
      for (const held of COMBINATIONS) {
        const { answer, offered = false } = await attempt(held);
        const { code } = (await answer.json()) as { code?: string };
        const refused = [403, 404].includes(answer.status);
        expect([held, answer.status, refused, offered]).toEqual([held, answer.status, true, false]);
        if (allows(held)) expect([held, code]).toEqual([held, 'auth.duties-not-separate']);
      }
      // Else the refusals would prove nothing.
      expect(COMBINATIONS.some(allows)).toBe(true);
      const done = await another();
      expect([done.ok, done.ok ? '' : await done.text()]).toEqual([true, '']);
    },
    180_000,
  );
}
