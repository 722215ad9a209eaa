// Reads mutated packages in a process of their own, says what they cost as a line of JSON, and fails when one costs too much:
//   npm run mutations -- [packages, 5000] [first seed, 0]
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readPackage } from '../reading/read-package.ts';
import { MUTATION_KINDS, mutatedPackage } from './mutated-package.ts';

const MIB = 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;
const LARGE_BYTES = 50_000;
/** What one package may cost. */
const MAX_SECONDS_PER_MEGABYTE = 1;
const MAX_GROWTH_MIB = 64;

/** What one run says, as a line of JSON. */
export interface MutationReport {
  readonly packages: number;
  readonly bytes: number;
  readonly read: number;
  readonly unreadable: number;
  /** Seeds whose package made the reader throw. */
  readonly crashes: readonly { readonly seed: number; readonly kind: string; readonly error: string }[];
  /** CPU seconds per megabyte of the dearest package; packages below one megabyte count as one. */
  readonly dearest: { readonly seed: number; readonly kind: string; readonly secondsPerMegabyte: number };
  readonly cpuSeconds: number;
  /** Growth of the process while it read one package, at its highest. */
  readonly hungriest: { readonly seed: number; readonly kind: string; readonly growthMiB: number };
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function* chunks(bytes: Buffer, afterEach: () => void): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    yield bytes.subarray(at, at + CHUNK_BYTES);
    afterEach();
  }
}

async function readOne(bytes: Buffer, afterEach = (): void => undefined): Promise<string> {
  const source = Readable.from(chunks(bytes, afterEach));
  const { kind } = await readPackage(source, { now: new Date('2026-11-29T05:00:00Z') });
  return kind;
}

const peak = (): number => process.resourceUsage().maxRSS * 1024;

/** Bytes by which the process grows until `stop` is called: its highest point, also between two looks where it is a new one. */
function watchMemory(): { look: () => void; stop: () => number } {
  const [before, peakBefore] = [process.memoryUsage.rss(), peak()];
  let highest = before;
  const look = (): void => void (highest = Math.max(highest, process.memoryUsage.rss()));
  const stop = (): number => {
    look();
    return Math.max(highest, peak() > peakBefore ? peak() : 0) - before;
  };
  return { look, stop };
}

const seconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6;

async function run(packages: number, firstSeed: number): Promise<MutationReport> {
  // what is compiled and loaded once is no cost of a package
  for (let seed = 0; seed < MUTATION_KINDS; seed += 1) await readOne(mutatedPackage(seed).bytes.subarray(0, 100_000));
  const crashes: { seed: number; kind: string; error: string }[] = [];
  let dearest: MutationReport['dearest'] = { seed: -1, kind: '', secondsPerMegabyte: 0 };
  let hungriest: MutationReport['hungriest'] = { seed: -1, kind: '', growthMiB: 0 };
  let [bytes, read, cpuSeconds] = [0, 0, 0];
  for (let seed = firstSeed; seed < firstSeed + packages; seed += 1) {
    const { kind, bytes: content } = mutatedPackage(seed);
    bytes += content.length;
    // what earlier packages left behind would be counted as room that this one did not need
    if (content.length > LARGE_BYTES) collectGarbage();
    const memory = watchMemory();
    const start = process.cpuUsage();
    try {
      if ((await readOne(content, memory.look)) !== 'unreadable') read += 1;
    } catch (error) {
      crashes.push({ seed, kind, error: String(error) });
    }
    const spent = seconds(process.cpuUsage(start));
    cpuSeconds += spent;
    const secondsPerMegabyte = spent / Math.max(content.length / MIB, 1);
    if (secondsPerMegabyte > dearest.secondsPerMegabyte) dearest = { seed, kind, secondsPerMegabyte };
    const growthMiB = memory.stop() / MIB;
    if (growthMiB > hungriest.growthMiB) hungriest = { seed, kind, growthMiB };
  }
  const unreadable = packages - read - crashes.length;
  return { packages, bytes, read, unreadable, crashes, dearest, hungriest, cpuSeconds };
}

const [packages = '5000', firstSeed = '0'] = process.argv.slice(2);
const report = await run(Number(packages), Number(firstSeed));
process.stdout.write(`${JSON.stringify(report)}\n`);
const isWithin =
  report.crashes.length === 0 &&
  report.dearest.secondsPerMegabyte <= MAX_SECONDS_PER_MEGABYTE &&
  report.hungriest.growthMiB <= MAX_GROWTH_MIB;
if (!isWithin) process.exitCode = 1;
