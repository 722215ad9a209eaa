import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningPlatform } from '../running-platform.ts';
import { check, outcomeOf } from './checker/check.ts';
import type { Expectation } from './checker/check.ts';
import { difference } from './checker/outcome.ts';
import type { Outcome } from './checker/outcome.ts';
import { killPlan } from './kill-plan.ts';

const POLL_MS = 10;
const RECOVERY_MS = 180_000;

export interface SeedResult {
  readonly seed: number;
  readonly seconds: number;
  /** `service@number of commands accepted before` */
  readonly killed: readonly string[];
  readonly faults: readonly string[];
}

/** Runs the demonstration once while processes are killed by the seed's plan, then lets the checker decide. */
export async function runSeed(
  platform: RunningPlatform,
  seed: number,
  { commands, added }: Measure,
): Promise<SeedResult> {
  const before = await afterRecovery(() => outcomeOf(platform));
  const out = folderOf(platform, seed);
  const started = Date.now();
  const killed: string[] = [];
  const kills: Promise<void>[] = [];
  const waiting = killPlan(seed, commands);
  const watch = setInterval(() => {
    const accepted = acceptedCommands(out);
    while (waiting[0] && waiting[0].afterCommands <= accepted) {
      const { target, delayMs } = waiting.shift() as (typeof waiting)[number];
      kills.push(
        sleep(delayMs).then(() => {
          if (kill(platform.pids()[target])) killed.push(`${target}@${acceptedCommands(out)}`);
        }),
      );
    }
  }, POLL_MS);
  const { code, output } = await platform.demo(out);
  clearInterval(watch);
  await Promise.all(kills);
  const faults = waiting.map(({ target }) => `${target} was never killed: the run was shorter than its plan`);
  if (code === 0) faults.push(...(await checkSeed(platform, seed, { before, added })));
  else faults.push(`demo ended with ${code}: ${lastLines(output)}`);
  return { seed, seconds: (Date.now() - started) / 1000, killed, faults };
}

/** What the checker finds in the run of a seed, also long after it. */
export const checkSeed = (platform: RunningPlatform, seed: number, expected?: Expectation): Promise<string[]> =>
  check(platform, join(folderOf(platform, seed), 'history.jsonl'), expected ? { expected } : {});

/** What the demonstration does when nothing is killed. */
export interface Measure {
  readonly commands: number;
  readonly added: Outcome;
}

/** Measured on the second run: the very first one also sets things up. */
export async function measure(platform: RunningPlatform): Promise<Measure> {
  const runs: Outcome[] = [];
  for (const name of ['first', 'undisturbed']) {
    const out = join(platform.data, name);
    const { code, output } = await platform.demo(out);
    if (code !== 0) throw new Error(`the undisturbed demonstration ended with ${code}: ${lastLines(output)}`);
    const faults = await check(platform, join(out, 'history.jsonl'));
    if (faults.length > 0) throw new Error(`the undisturbed demonstration has faults: ${faults.join('; ')}`);
    runs.push(await outcomeOf(platform));
  }
  const [first, second] = runs as [Outcome, Outcome];
  return { commands: acceptedCommands(join(platform.data, 'undisturbed')), added: difference(first, second) };
}

/** A database that the seed before has killed comes back by itself; a slow machine takes a while for it. */
async function afterRecovery<T>(look: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + RECOVERY_MS; ; await sleep(500)) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

const folderOf = (platform: RunningPlatform, seed: number): string => join(platform.data, `chaos-${seed}`);

function acceptedCommands(out: string): number {
  const history = join(out, 'history.jsonl');
  return existsSync(history) ? readFileSync(history, 'utf8').split('\n').length - 1 : 0;
}

function kill(pid: number | undefined): boolean {
  if (!pid) return false;
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch (error) {
    // It may be down already from the kill before.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    return false;
  }
}

const lastLines = (text: string): string => text.trim().split('\n').slice(-3).join(' | ');
