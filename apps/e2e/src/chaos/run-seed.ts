import { join } from 'node:path';
import type { RunningPlatform } from '../running-platform.ts';
import { check } from './checker/check.ts';
import { killPlan } from './kill-plan.ts';

export interface SeedResult {
  readonly seed: number;
  readonly seconds: number;
  /** `service@milliseconds` */
  readonly killed: readonly string[];
  readonly faults: readonly string[];
}

/** Runs the demonstration once while processes are killed by the seed's plan, then lets the checker decide. */
export async function runSeed(platform: RunningPlatform, seed: number, spanMs: number): Promise<SeedResult> {
  const out = join(platform.data, `chaos-${seed}`);
  const started = Date.now();
  const killed: string[] = [];
  const timers = killPlan(seed, spanMs).map(({ afterMs, target }) =>
    setTimeout(() => {
      if (kill(platform.pids()[target])) killed.push(`${target}@${afterMs}`);
    }, afterMs),
  );
  const { code, output } = await platform.demo(out);
  for (const timer of timers) clearTimeout(timer);
  const faults =
    code === 0 ? await check(platform, join(out, 'history.jsonl')) : [`demo ended with ${code}: ${lastLines(output)}`];
  return { seed, seconds: (Date.now() - started) / 1000, killed, faults };
}

/** How long the demonstration takes here when nothing is killed, in milliseconds: kills spread over that time. */
export async function measureSpan(platform: RunningPlatform): Promise<number> {
  const started = Date.now();
  const { code, output } = await platform.demo(join(platform.data, 'undisturbed'));
  if (code !== 0) throw new Error(`the undisturbed demonstration ended with ${code}: ${lastLines(output)}`);
  return Date.now() - started;
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

const lastLines = (text: string): string =>
  text
    .split('\n')
    .filter((line) => /Error|Refused|not within/.test(line))
    .slice(-3)
    .join(' | ');
