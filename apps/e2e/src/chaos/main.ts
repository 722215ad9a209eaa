/**
 * `npm run chaos -- [--seeds 1-20] [--bus postgres|kafka|both]`: the demonstration again and again while services and
 * PostgreSQL are killed; after each run a checker compares the record of accepted commands with what is stored.
 */
import { parseArgs } from 'node:util';
import { startLocalKafka } from '../local-server.ts';
import { startPlatform } from '../running-platform.ts';
import { checkSeed, measure, runSeed } from './run-seed.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '1-20' }, bus: { type: 'string', default: 'both' } },
});
const [from = 1, to = from] = values.seeds.split('-').map(Number);
const scores: string[] = [];
for (const bus of values.bus === 'both' ? ['postgres', 'kafka'] : [values.bus]) {
  const broker = bus === 'kafka' ? await startLocalKafka() : undefined;
  try {
    const passed = await runSeeds(broker?.environment ?? {});
    scores.push(`chaos on ${bus}: ${passed} of ${to - from + 1} seeds without fault`);
    if (passed !== to - from + 1) process.exitCode = 1;
  } finally {
    await broker?.stop();
  }
}
for (const score of scores) console.log(score);

async function runSeeds(env: Readonly<Record<string, string>>): Promise<number> {
  const platform = await startPlatform({ env });
  const failed = new Set<number>();
  try {
    const undisturbed = await measure(platform);
    for (let seed = from; seed <= to; seed += 1) {
      const { seconds, killed, faults } = await runSeed(platform, seed, undisturbed);
      tell(seed, faults, `in ${seconds.toFixed(1)} s, killed ${killed.join(' ') || 'nothing'}`, failed);
    }
    // Once more when all is over: what came twice may have come late.
    for (let seed = from; seed <= to; seed += 1) {
      const faults = await checkSeed(platform, seed);
      if (faults.length > 0) tell(seed, faults, 'afterwards', failed);
    }
  } finally {
    await platform.stop();
  }
  return to - from + 1 - failed.size;
}

function tell(seed: number, faults: readonly string[], how: string, failed: Set<number>): void {
  console.log(`seed ${seed}: ${faults.length === 0 ? 'ok' : 'FAULT'} ${how}`);
  for (const fault of faults) console.log(`    ${fault}`);
  if (faults.length > 0) failed.add(seed);
}
