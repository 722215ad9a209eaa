import { readFileSync } from 'node:fs';
import type { RunningPlatform } from '../../running-platform.ts';
import { audit } from './audit.ts';
import { commands } from './commands.ts';
import { deadLetters } from './dead-letters.ts';
import { deliveries } from './deliveries.ts';
import { dossiers } from './dossiers.ts';
import { openLedger } from './ledger.ts';
import type { Accepted, Rule } from './ledger.ts';
import { objects } from './objects.ts';
import { outbox } from './outbox.ts';
import { difference, outcomeFaults, settledOutcome } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { arrivals, numbers } from './registers.ts';
import { work } from './work.ts';

const RULES: readonly Rule[] = [outbox, commands, numbers, arrivals, deliveries, work, dossiers, audit];

/** What every run of the main job asks for, and rules look for. */
const CARRIED = [
  /registrations$/,
  /issues$/,
  /acceptances$/,
  /refusals$/,
  /^\/instructions$/,
  /^\/dossiers\/.*documents$/,
  /^\/submissions\//,
];

/** What is late is not lost; what is lost never comes. */
const PATIENCE_MS = 240_000;

export interface Expectation {
  /** As it was before the run. */
  readonly before: Outcome;
  /** What an undisturbed run adds. */
  readonly added: Outcome;
}

/**
 * Decides from the record of accepted commands, the databases, the object store and the bus alone whether anything was
 * lost, doubled or left half-done. What looks right is looked at once more when nothing moves any more.
 *
 * @param expected with it the run must have added the very rows, events and audit entries that an undisturbed one adds
 * @returns one sentence per fault that is still there when patience ends
 */
export async function check(
  platform: RunningPlatform,
  historyFile: string,
  { patienceMs = PATIENCE_MS, expected }: { readonly patienceMs?: number; readonly expected?: Expectation } = {},
): Promise<string[]> {
  const accepted = readFileSync(historyFile, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Accepted);
  // A rule that found nothing to judge would call that well.
  const missing = CARRIED.filter((path) => !accepted.some((command) => path.test(command.path)));
  if (missing.length > 0) return missing.map((path) => `the record holds no command ${path.source}`);
  const started = Date.now();
  for (;;) {
    const faults = await look(platform, accepted, expected).catch((error: unknown) => [
      `the stores do not answer: ${String(error)}`,
    ]);
    if (faults.length === 0 || Date.now() - started > patienceMs) return faults;
    await new Promise((done) => setTimeout(done, 500));
  }
}

async function look(
  platform: RunningPlatform,
  accepted: readonly Accepted[],
  expected?: Expectation,
): Promise<string[]> {
  const ledger = await openLedger(platform);
  try {
    const rules = async (): Promise<string[]> => {
      const faults: string[] = [];
      for (const rule of RULES) faults.push(...(await rule(ledger, accepted)));
      faults.push(...(await deadLetters(platform.busEnvironment())));
      return [...faults, ...(await objects(ledger, platform.storage()))];
    };
    const faults = await rules();
    if (faults.length > 0) return faults;
    const after = await settledOutcome(ledger);
    const added = expected ? outcomeFaults(expected.added, difference(expected.before, after)) : [];
    return [...added, ...(await rules())];
  } finally {
    await ledger.close();
  }
}

/** The outcome as it is now, when nothing moves any more. */
export async function outcomeOf(platform: RunningPlatform): Promise<Outcome> {
  const ledger = await openLedger(platform);
  try {
    return await settledOutcome(ledger);
  } finally {
    await ledger.close();
  }
}
