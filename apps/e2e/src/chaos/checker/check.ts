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
import { arrivals, numbers } from './registers.ts';
import { work } from './work.ts';

const RULES: readonly Rule[] = [outbox, commands, numbers, arrivals, deliveries, work, dossiers, audit];

/** What is late is not lost; what is lost never comes. */
const PATIENCE_MS = 60_000;

/**
 * Decides from the record of accepted commands, the databases, the object store and the bus alone whether anything was
 * lost, doubled or left half-done.
 *
 * @returns one sentence per fault that is still there when patience ends
 */
export async function check(
  platform: RunningPlatform,
  historyFile: string,
  patienceMs: number = PATIENCE_MS,
): Promise<string[]> {
  const accepted = readFileSync(historyFile, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Accepted);
  if (accepted.length === 0) return ['nothing was accepted'];
  const started = Date.now();
  for (;;) {
    const faults = await once(platform, accepted).catch((error: unknown) => [
      `the stores do not answer: ${String(error)}`,
    ]);
    if (faults.length === 0 || Date.now() - started > patienceMs) return faults;
    await new Promise((done) => setTimeout(done, 500));
  }
}

async function once(platform: RunningPlatform, accepted: readonly Accepted[]): Promise<string[]> {
  const ledger = await openLedger(platform);
  try {
    const faults: string[] = [];
    for (const rule of RULES) faults.push(...(await rule(ledger, accepted)));
    return [
      ...faults,
      ...(await objects(ledger, platform.storage())),
      ...(await deadLetters(platform.busEnvironment())),
    ];
  } finally {
    await ledger.close();
  }
}
