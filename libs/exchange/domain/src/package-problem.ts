import { PACKAGE_PROBLEM_LABELS } from '@qlvb/contracts';
import type { Label } from '@qlvb/contracts';
import type { DeskGround } from './received-package.ts';

type Known = keyof typeof PACKAGE_PROBLEM_LABELS;

const BY_GROUND: Partial<Record<DeskGround, Known>> = {
  'package-unreadable': 'unreadable',
  'package-too-costly': 'too-costly',
};

/**
 * What went wrong with a package, for its clerk. The ledger keeps the fault as it was thrown, for who mends it; here its code
 * alone counts, and one that nobody foresaw is a technical fault.
 */
export function packageProblemLabel(problem: string | null, ground: DeskGround | null): Label | null {
  if (problem === null) return null;
  const code = /^[a-z-]+\.[a-z0-9-]+/.exec(problem)?.[0] ?? '';
  const known = Object.hasOwn(PACKAGE_PROBLEM_LABELS, code) ? (code as Known) : ground && BY_GROUND[ground];
  return PACKAGE_PROBLEM_LABELS[known ?? 'technical-fault'];
}
