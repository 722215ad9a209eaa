/** What somebody does, or is, in regard of one object, where the same person must not do something else with it. */
export const SEPARATED_ACTS = [
  'account-change.approve',
  'account-change.concern',
  'account-change.propose',
  'agency-change.approve',
  'agency-change.propose',
  'attachment-replacement.decide',
  'attachment-replacement.propose',
  'certificate.hold',
  'certificate.register',
  'correction.decide',
  'correction.propose',
  'dossier-list.approve',
  'dossier-list.make',
  'dossier.decide',
  'dossier.submit',
  'instruction.follow-up',
  'instruction.handle',
  'invitation.confirm',
  'invitation.make',
  'outgoing-document.check-content',
  'outgoing-document.check-layout',
  'outgoing-document.draft',
  'outgoing-document.seal',
  'outgoing-document.sign',
  'right.confirm',
  'right.give-by-hand',
] as const;
export type SeparatedAct = (typeof SEPARATED_ACTS)[number];

/** Two acts that one person never does both: on the same version, or on the same object whatever its version. */
export interface Separation {
  readonly acts: readonly [SeparatedAct, SeparatedAct];
  readonly scope: 'version' | 'object';
  /** Id of the rule of law. */
  readonly source: string;
}

/**
 * Separations of duties: the only list. Roles say what somebody may do at all; this says what he may not do any more after
 * what he did before, whatever his roles.
 *
 * @source NĐ30-A11-2 a change to what was signed is decided by the signer, not by who proposes it
 * @source NĐ30-A12-1 the content is checked by another than who wrote it
 * @source NĐ30-A12-2 the layout is checked by another than who wrote it or checked its content
 * @source NĐ30-A24-1 who follows the work and urges is another than who does it
 * @source NĐ30-A28-1 the list of dossiers is approved by another than who made it
 * @source NĐ30-A30-2 the archive takes a dossier over from somebody else
 * @source NĐ30-A32-5 the agency's signature confirms somebody's: who signed does not seal over it
 * @source NĐ30-PL6-F3b a right given by hand opens nothing until somebody else confirms it
 * @source IDN-02 accounts and rights are proposed by one person and approved by another
 * @source SEC-Z04 what becomes of an agency is proposed by one person and decided by another, above it
 * @source IDN-11 a certificate is registered by another than its holder
 * @source SEC-Z06 nobody has a part in a change of the own account or rights, nor holds both parts of another's first password
 */
export const SEPARATIONS: readonly Separation[] = [
  {
    acts: ['outgoing-document.draft', 'outgoing-document.check-content'],
    scope: 'version',
    source: 'NĐ30-A12-1',
  },
  { acts: ['outgoing-document.draft', 'outgoing-document.check-layout'], scope: 'version', source: 'NĐ30-A12-2' },
  {
    acts: ['outgoing-document.check-content', 'outgoing-document.check-layout'],
    scope: 'version',
    source: 'NĐ30-A12-2',
  },
  {
    acts: ['attachment-replacement.propose', 'attachment-replacement.decide'],
    scope: 'object',
    source: 'NĐ30-A11-2',
  },
  { acts: ['correction.propose', 'correction.decide'], scope: 'object', source: 'NĐ30-A11-2' },
  { acts: ['dossier-list.make', 'dossier-list.approve'], scope: 'object', source: 'NĐ30-A28-1' },
  { acts: ['outgoing-document.sign', 'outgoing-document.seal'], scope: 'object', source: 'NĐ30-A32-5' },
  { acts: ['dossier.submit', 'dossier.decide'], scope: 'object', source: 'NĐ30-A30-2' },
  { acts: ['instruction.handle', 'instruction.follow-up'], scope: 'object', source: 'NĐ30-A24-1' },
  { acts: ['right.give-by-hand', 'right.confirm'], scope: 'object', source: 'NĐ30-PL6-F3b' },
  { acts: ['account-change.propose', 'account-change.approve'], scope: 'object', source: 'IDN-02' },
  { acts: ['account-change.concern', 'account-change.propose'], scope: 'object', source: 'SEC-Z06' },
  { acts: ['account-change.concern', 'account-change.approve'], scope: 'object', source: 'SEC-Z06' },
  { acts: ['agency-change.propose', 'agency-change.approve'], scope: 'object', source: 'SEC-Z04' },
  { acts: ['invitation.make', 'invitation.confirm'], scope: 'object', source: 'SEC-Z06' },
  { acts: ['account-change.concern', 'invitation.make'], scope: 'object', source: 'SEC-Z06' },
  { acts: ['account-change.concern', 'invitation.confirm'], scope: 'object', source: 'SEC-Z06' },
  { acts: ['certificate.hold', 'certificate.register'], scope: 'object', source: 'IDN-11' },
];

/** An act that somebody did on the object in question. */
export interface PerformedAct {
  readonly act: SeparatedAct;
  readonly userId: string;
  /** Version on which it was done; left out for objects without versions. */
  readonly version?: number;
}

/**
 * The act of this person that stands against another one.
 *
 * @param performed what was done so far on the same object, by whomever
 * @param version version on which the act would be done
 * @returns the separation that would be broken, with the earlier act; undefined when there is none
 */
export function brokenSeparation(
  act: SeparatedAct,
  performed: readonly PerformedAct[],
  { userId, version }: { readonly userId: string; readonly version?: number },
): { readonly separation: Separation; readonly earlier: SeparatedAct } | undefined {
  for (const separation of SEPARATIONS) {
    const [first, second] = separation.acts;
    const other = act === first ? second : act === second ? first : undefined;
    const done = performed.find(
      (before) =>
        before.act === other &&
        before.userId === userId &&
        (separation.scope === 'object' || before.version === version),
    );
    if (done) return { separation, earlier: done.act };
  }
  return undefined;
}
