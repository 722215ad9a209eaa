/**
 * `npm run chaos -- [--seeds 1-20] [--bus postgres|kafka]`: the demonstration again and again while services and PostgreSQL
 * are killed; after each run a checker compares the record of accepted commands with the databases.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPlatform } from '../running-platform.ts';
import type { RunningPlatform } from '../running-platform.ts';
import { check } from './checker.ts';
import { killPlan } from './kill-plan.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1-20' },
    bus: { type: 'string', default: process.env['QLVB_BUS'] ?? 'postgres' },
    span: { type: 'string', default: '7000' },
  },
});
const [from = 1, to = from] = values.seeds.split('-').map(Number);
const platform = await startPlatform({ env: { QLVB_BUS: values.bus } });
let passed = 0;
try {
  for (let seed = from; seed <= to; seed += 1) {
    const faults = await runSeed(platform, seed);
    if (faults.length === 0) passed += 1;
    for (const fault of faults) console.log(`    ${fault}`);
  }
} finally {
  await platform.stop();
}
const total = to - from + 1;
console.log(`chaos on ${values.bus}: ${passed} of ${total} seeds without fault`);
if (passed !== total) process.exitCode = 1;

async function runSeed(running: RunningPlatform, seed: number): Promise<string[]> {
  const plan = killPlan(seed, Number(values.span));
  const out = join(running.data, `chaos-${seed}`);
  const started = Date.now();
  const killed: string[] = [];
  const timers = plan.map(({ afterMs, target }) =>
    setTimeout(() => {
      const pid = running.pids()[target];
      if (!pid) return;
      try {
        process.kill(pid, 'SIGKILL');
        killed.push(`${target}@${afterMs}`);
      } catch (error) {
        // It may be down already from the kill before.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }, afterMs),
  );
  const { code, output } = await running.demo(out);
  for (const timer of timers) clearTimeout(timer);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const faults =
    code === 0 ? await check(running, join(out, 'history.jsonl')) : [`demo ended with ${code}: ${lastLines(output)}`];
  console.log(
    `seed ${seed}: ${faults.length === 0 ? 'ok' : 'FAULT'} in ${seconds} s, killed ${killed.join(' ') || 'nothing'}`,
  );
  return faults;
}

const lastLines = (text: string): string =>
  text
    .split('\n')
    .filter((line) => /Error|Refused|not within/.test(line))
    .slice(-3)
    .join(' | ');
