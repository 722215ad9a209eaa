import { startLocalKafka } from '../local-server.ts';
import type { LocalServer } from '../local-server.ts';
import { startPlatform } from '../running-platform.ts';
import type { RunningPlatform } from '../running-platform.ts';
import { measure, runSeed } from './run-seed.ts';
import type { Measure } from './run-seed.ts';

const MINUTE = 60_000;
/** `npm run chaos` runs twenty; QLVB_CHAOS_SEEDS says how many the time allows here. */
const SEEDS = Array.from({ length: Number(process.env['QLVB_CHAOS_SEEDS'] ?? 3) }, (_none, index) => index + 1);

/** Processes killed by seeds on one platform. @returns that platform, once it has started */
export function chaosSuite(bus: 'postgres' | 'kafka'): () => RunningPlatform {
  let broker: LocalServer | undefined;
  let platform: RunningPlatform;
  let undisturbed: Measure;

  beforeAll(async () => {
    broker = bus === 'kafka' ? await startLocalKafka() : undefined;
    platform = await startPlatform({ env: broker?.environment ?? {} });
    undisturbed = await measure(platform);
  }, 15 * MINUTE);
  afterAll(async () => {
    await platform.stop();
    await broker?.stop();
  }, MINUTE);

  it.each(SEEDS)(
    'seed %d: nothing lost, nothing doubled',
    async (seed) => {
      const { killed, faults } = await runSeed(platform, seed, undisturbed);
      expect(killed).not.toEqual([]);
      expect(faults).toEqual([]);
    },
    15 * MINUTE,
  );
  return () => platform;
}
