import { lastDayKept } from '@qlvb/archive-domain';
import type { ObjectLock } from '@qlvb/platform-storage';
import { endOfVietnamDay } from '@qlvb/vietnam';
import type { DossierEntity } from '../entities.ts';

/** Years of lock where the term has no last day: whoever may order destruction may lift that lock. */
const OPEN_TERM_YEARS = 70;
/** Nobody lifts the lock of what is kept for ever; a store wants a date all the same. */
const PERMANENT_YEARS = 100;

/**
 * Until when, and how firmly, the archive's store refuses to delete a package. What has a term is destroyed by a decision
 * after its review, so its lock can be lifted by who has that right; what is permanent is locked for everybody.
 *
 * @source RET-3
 * @source LAW-5
 * @source STO-2
 */
export function lockOf({ retention, closedOn, startedOn }: LockedDossier, at: Date): ObjectLock {
  if (retention.kind === 'permanent') return { until: yearsAfter(at, PERMANENT_YEARS), mode: 'compliance' };
  const last = retention.kind === 'years' ? lastDayKept(retention, closedOn ?? startedOn) : null;
  const until = last === null ? yearsAfter(at, OPEN_TERM_YEARS) : endOfVietnamDay(last);
  return { until: until > at ? until : yearsAfter(at, 1), mode: 'governance' };
}

type LockedDossier = Pick<DossierEntity, 'retention' | 'closedOn' | 'startedOn'>;

function yearsAfter(date: Date, years: number): Date {
  const later = new Date(date);
  later.setUTCFullYear(later.getUTCFullYear() + years);
  return later;
}
