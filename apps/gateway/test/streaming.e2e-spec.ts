import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { jest } from '@jest/globals';
import { Gate } from './gate.ts';

// Half a gibibyte through a busy machine takes its time; what is tested is memory, not speed.
const PATIENCE_MS = 240_000;
jest.setTimeout(PATIENCE_MS);

const MIB = 1024 * 1024;
const BODY_MIB = 512;
/** Collecting garbage before each sample takes at most a tenth of the time, however much other suites left in this process. */
const COLLECTING_SHARE = 0.1;
const SAMPLED_MS = 100;
const BLOCK = Buffer.alloc(MIB, 'văn bản ');

let gate: Gate;
beforeAll(async () => {
  gate = await Gate.open();
});
afterEach(() => Object.values(gate.services).forEach((upstream) => upstream.usually()));
afterAll(() => gate.close());

/** A body made while it is sent; counts what was taken of it. */
function body(blocks: number): { readonly stream: Readable; readonly taken: () => number } {
  let taken = 0;
  async function* make(): AsyncGenerator<Buffer> {
    while (taken < blocks) {
      taken += 1;
      yield BLOCK;
      await Promise.resolve();
    }
  }
  return { stream: Readable.from(make(), { objectMode: false, highWaterMark: MIB }), taken: () => taken };
}

const digestOf = (blocks: number): string => {
  const hash = createHash('sha256');
  for (let block = 0; block < blocks; block += 1) hash.update(BLOCK);
  return hash.digest('hex');
};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** The most memory in MiB that is held while something runs, above what was held before; garbage does not count. */
async function memoryOf(work: () => Promise<unknown>): Promise<number> {
  const held = (): number => {
    collectGarbage();
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    return arrayBuffers + heapUsed;
  };
  const before = held();
  let peak = before;
  let next: NodeJS.Timeout | undefined;
  const sample = (): void => {
    const start = performance.now();
    peak = Math.max(peak, held());
    const took = performance.now() - start;
    next = setTimeout(sample, Math.max(SAMPLED_MS, took / COLLECTING_SHARE));
  };
  sample();
  await work();
  clearTimeout(next);
  return (peak - before) / MIB;
}

describe('a large body', () => {
  it(`of ${BODY_MIB} MiB goes up whole, in constant memory`, async () => {
    const arrived = createHash('sha256');
    gate.services.documents.answers((asked, response) => {
      asked.on('data', (chunk: Buffer) => arrived.update(chunk));
      asked.on('end', () => response.writeHead(201).end('{}'));
    });
    const grown = await memoryOf(async () => {
      const { stream } = body(BODY_MIB);
      const answer = await gate.ask('/api/v1/files', { method: 'POST', body: stream });
      expect(answer.statusCode).toBe(201);
    });
    expect(arrived.digest('hex')).toBe(digestOf(BODY_MIB));
    expect(grown).toBeLessThan(64);
  });

  it(`of ${BODY_MIB} MiB comes down whole, in constant memory`, async () => {
    gate.services.documents.answers((_asked, response) => {
      response.writeHead(200, { 'content-length': String(BODY_MIB * MIB) });
      body(BODY_MIB).stream.pipe(response);
    });
    const arrived = createHash('sha256');
    const grown = await memoryOf(async () => {
      const answer = await gate.ask('/api/v1/files/1/content');
      expect(answer.headers['content-length']).toBe(String(BODY_MIB * MIB));
      for await (const chunk of answer.body) arrived.update(chunk as Buffer);
    });
    expect(arrived.digest('hex')).toBe(digestOf(BODY_MIB));
    expect(grown).toBeLessThan(64);
  });

  it('is not taken from the caller faster than the service reads it', async () => {
    let go = (): void => undefined;
    gate.services.documents.answers((asked, response) => {
      asked.pause();
      asked.on('end', () => response.end('{}'));
      go = () => asked.resume();
    });
    const { stream, taken } = body(BODY_MIB);
    const grown = await memoryOf(async () => {
      const answer = gate.ask('/api/v1/files', { method: 'POST', body: stream });
      await standsStill(taken);
      go();
      expect((await answer).statusCode).toBe(200);
    });
    expect(taken()).toBe(BODY_MIB);
    expect(grown).toBeLessThan(64);
  });

  it('is not taken from the service faster than the caller reads it', async () => {
    const { stream, taken } = body(BODY_MIB);
    gate.services.documents.answers((_asked, response) => void stream.pipe(response));
    let bytes = 0;
    const grown = await memoryOf(async () => {
      const answer = await gate.ask('/api/v1/files/1/content');
      await standsStill(taken);
      for await (const chunk of answer.body) bytes += (chunk as Buffer).length;
    });
    expect(bytes).toBe(BODY_MIB * MIB);
    expect(grown).toBeLessThan(64);
  });
});

/**
 * Waits until no more is taken for a second, with most of the body still to come. The kernel holds up to 36 MiB for each of
 * the two connections once they have carried much; what the processes hold is measured beside this.
 */
async function standsStill(taken: () => number): Promise<void> {
  const end = Date.now() + 20_000;
  for (let before = -1; before !== taken() || before === 0; await wait(1_000)) {
    if (Date.now() > end) throw new Error(`${taken()} MiB taken, and it goes on`);
    before = taken();
  }
  expect(taken()).toBeLessThan(BODY_MIB / 2);
}

describe('an answer in pieces', () => {
  it('arrives piece by piece, as events of a live inbox must', async () => {
    gate.services.workflow.answers((_asked, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      let count = 0;
      const timer = setInterval(() => {
        count += 1;
        response.write(`data: ${count}\n\n`);
        if (count === 3) {
          clearInterval(timer);
          response.end();
        }
      }, 200);
    });
    const answer = await gate.ask('/api/v1/notifications');
    const times: number[] = [];
    const started = Date.now();
    for await (const chunk of answer.body) {
      expect(String(chunk)).toMatch(/^data: \d\n\n$/);
      times.push(Date.now() - started);
    }
    expect(times).toHaveLength(3);
    expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(250);
  });

  it('so does a request in pieces', async () => {
    const seen: string[] = [];
    gate.services.documents.answers((asked, response) => {
      asked.on('data', (chunk: Buffer) => seen.push(chunk.toString()));
      asked.on('end', () => response.end('{}'));
    });
    async function* pieces(): AsyncGenerator<Buffer> {
      for (const piece of ['một', 'hai', 'ba']) {
        yield Buffer.from(piece);
        await wait(200);
        expect(seen.at(-1)).toBe(piece);
      }
    }
    const stream = Readable.from(pieces(), { objectMode: false });
    expect((await gate.ask('/api/v1/files', { method: 'POST', body: stream })).statusCode).toBe(200);
    expect(seen).toEqual(['một', 'hai', 'ba']);
  });
});
