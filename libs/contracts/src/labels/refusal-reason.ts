import { REFUSAL_GROUND_LABELS } from './documents.ts';
import type { Label } from './label.ts';

const GROUND_AND_WORDS = /^([A-Z_]+): (.*)$/s;
const NO_WORDS = '—';

const isGround = (code: string): code is keyof typeof REFUSAL_GROUND_LABELS =>
  Object.hasOwn(REFUSAL_GROUND_LABELS, code);

/** A reason as the exchange carries it (`WRONG_RECIPIENT: …`), with the ground in words; any other text stays as it is. */
export function refusalReasonLabel(reason: string): Label {
  const [, ground = '', words = ''] = GROUND_AND_WORDS.exec(reason) ?? [];
  if (!isGround(ground)) return { vi: reason, en: reason };
  const { vi, en } = REFUSAL_GROUND_LABELS[ground];
  return words === NO_WORDS ? { vi, en } : { vi: `${vi}: ${words}`, en: `${en}: ${words}` };
}
