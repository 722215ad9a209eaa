import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AcceptanceCheck } from '@qlvb/archive-domain';
import type { PreservationEvent, PreservationRecord } from '@qlvb/archive-package';
import type { Person } from '@qlvb/contracts';
import { idFrom } from '@qlvb/shared-domain';
import type { SubmissionEntity } from '../entities.ts';

export const SOFTWARE = { name: 'QLVB', version: platformVersion(import.meta.dirname) };

/**
 * What a check on receipt is called in the vocabulary of the Library of Congress, and what the platform looks at in it; what only
 * compares lists is none of it. The virus check and the retention say for themselves who looked, and what was assigned.
 */
const CHECKED: Readonly<Partial<Record<AcceptanceCheck, readonly [PreservationEvent['type'], string?]>>> = {
  virus: ['virus check'],
  archive: ['unpacking', 'ZIP'],
  structure: ['validation', 'METS, SHA-256'],
  metadata: ['validation', 'EAD'],
  formats: ['format identification', 'QLVB format table'],
  signatures: ['digital signature validation', 'ETSI EN 319 102-1'],
  accessibility: ['validation', 'password'],
  'retention-and-list': ['policy assignment'],
};
const UNKNOWN = 'unknown';
const SCANNER = 'virus-scanner';

const PLATFORM = { id: 'qlvb', name: SOFTWARE.name, type: 'software', version: SOFTWARE.version } as const;

/** The event that begins the life of a submission package; of one that comes again, what it stands in place of. */
export function originOf(objectId: string, at: Date, replaced?: string): PreservationRecord {
  const digest = event(`digest:${objectId}`, 'message digest calculation', at, 'SHA-256');
  const replacement =
    replaced === undefined ? [] : [event(`replaces:${objectId}`, 'transfer', at, `replaces ${replaced}`)];
  return { agents: [PLATFORM], events: [digest, ...replacement] };
}

/**
 * What was done to a dossier from its submission to its acceptance: each check with its outcome, who handed it in, who took it.
 * The ids come from what they tell of, so that a repetition tells it once.
 *
 * @source PKG-14
 * @source PKG-15
 */
export function acceptanceRecord(
  submission: Pick<SubmissionEntity, 'id' | 'code' | 'checks' | 'createdAt' | 'submittedBy'>,
  acceptance: {
    readonly objectId: string;
    readonly sip: { objectId: string; sha256: string };
    readonly by: Person;
    readonly at: Date;
    readonly reason: string | null;
    /** The retention as it was assigned, and by which list, in words. */
    readonly retention: string;
  },
): PreservationRecord {
  const { objectId, sip, by, at, reason, retention } = acceptance;
  const checks = submission.checks.flatMap((kept): PreservationEvent[] => {
    const { check, outcome, reasons } = kept;
    const [type, subject] = CHECKED[check] ?? [];
    // What nobody looked at, and a signature that nobody could judge, is no event of a check.
    const isUnknown = reasons.some((reason) => reason === 'NOT_SCANNED' || reason === 'SIGNATURE_INDETERMINATE');
    if (type === undefined || isUnknown) return [];
    const detail = check === 'virus' ? (kept.by ?? UNKNOWN) : check === 'retention-and-list' ? retention : subject;
    const timed = kept.at === undefined ? `${detail}; ${TIME_UNKNOWN}` : detail;
    const when = kept.at === undefined ? submission.createdAt : new Date(kept.at);
    const made = event(`${check}:${submission.id}`, type, when, timed);
    const agents: PreservationEvent['agents'] =
      check === 'virus' ? [{ id: SCANNER, role: 'executing program' }] : made.agents;
    return [{ ...made, agents, outcome, ...(reasons.length > 0 ? { outcomeNote: reasons.join(', ') } : {}) }];
  });
  const scanned = submission.checks.find(({ check, reasons }) => check === 'virus' && !reasons.includes('NOT_SCANNED'));
  return {
    agents: [
      PLATFORM,
      ...(scanned ? [scannerOf(scanned.by)] : []),
      ...[submission.submittedBy, by].filter(isFirst).map(agentOf),
    ],
    events: [
      withAgent(
        event(`transfer:${objectId}`, 'transfer', submission.createdAt, submission.code ?? undefined),
        submission.submittedBy,
        'implementer',
      ),
      ...checks,
      event(`fixity:${objectId}`, 'fixity check', at, 'SHA-256'),
      event(`creation:${objectId}`, 'information package creation', at, `${sip.objectId} SHA-256 ${sip.sha256}`),
      withAgent(
        {
          ...event(`accession:${objectId}`, 'accession', at, submission.code ?? undefined),
          ...(reason === null ? {} : { outcomeNote: reason }),
        },
        by,
        'authorizer',
      ),
    ],
  };
}

/** Of a check kept before its time was. */
const TIME_UNKNOWN = 'time of the request, that of the check was not kept';

/** The scanner as it named itself: its name, then its version and that of its signatures. */
function scannerOf(identity: string | undefined): PreservationRecord['agents'][number] {
  const [, name, version] = /^(\S+)(?:\s+(.+))?$/.exec(identity ?? UNKNOWN) ?? [];
  return { id: SCANNER, name: name ?? UNKNOWN, type: 'software', ...(version === undefined ? {} : { version }) };
}

const isFirst = ({ userId }: Person, index: number, all: readonly Person[]): boolean =>
  all.findIndex((other) => other.userId === userId) === index;

const agentOf = ({ userId, fullName, position }: Person): PreservationRecord['agents'][number] => ({
  id: userId,
  name: fullName,
  type: 'person',
  note: position,
});

const withAgent = (
  made: PreservationEvent,
  { userId: id }: Person,
  role: PreservationEvent['agents'][number]['role'],
): PreservationEvent => ({ ...made, agents: [...made.agents, { id, role }] });

const event = (id: string, type: PreservationEvent['type'], at: Date, detail = ''): PreservationEvent => ({
  id: idFrom(`event:${id}`),
  type,
  at,
  detail,
  outcome: 'success',
  agents: [{ id: PLATFORM.id, role: 'executing program' }],
});

/** As `package.json` says, which lies above the sources as above what is built of them. */
function platformVersion(folder: string): string {
  const file = join(folder, 'package.json');
  const { version } = (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) as { version?: string };
  if (version !== undefined) return version;
  if (dirname(folder) === folder) throw new Error('no package.json with a version lies above this program');
  return platformVersion(dirname(folder));
}
