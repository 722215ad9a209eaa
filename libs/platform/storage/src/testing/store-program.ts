// A process of its own with an object store, for tests that measure its memory or kill it.
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { FilesystemStore } from '../filesystem-store.ts';
import type { ObjectStore } from '../object-store.ts';
import { S3Store } from '../s3-store.ts';
import type { S3Options } from '../s3-client.ts';

export interface StoreOrder {
  readonly store: { readonly folder: string } | { readonly s3: Omit<S3Options, 'endpoint'> & { endpoint: string } };
  /** `receive` and `send` go on until the process is killed. */
  readonly job: 'gibibyte' | 'receive' | 'send';
}

const MIB = 1024 * 1024;
const order = JSON.parse(process.argv[2] ?? '') as StoreOrder;
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

const open = (): ObjectStore =>
  'folder' in order.store
    ? new FilesystemStore(order.store.folder)
    : new S3Store({ ...order.store.s3, endpoint: new URL(order.store.s3.endpoint) });

/** Blocks of which no two are equal and none compresses; cheap to make. */
function* blocks(count: number, hash = createHash('sha256')): Generator<Buffer> {
  const noise = randomBytes(MIB);
  for (let number = 0; number < count; number += 1) {
    noise.writeUInt32LE(number);
    hash.update(noise);
    yield Buffer.from(noise);
  }
}

async function gibibyte(store: ObjectStore): Promise<void> {
  const hash = createHash('sha256');
  await store.put(Readable.from(blocks(16)), { maxBytes: 32 * MIB });
  const rest = process.memoryUsage().rss;
  let peak = rest;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5);
  const { key } = await store.put(Readable.from(blocks(1024, hash)), { maxBytes: 1024 * MIB });
  const read = createHash('sha256');
  for await (const chunk of (await store.get({ key })) as AsyncIterable<Buffer>) read.update(chunk);
  for await (const chunk of await store.get({ key }, { start: 1, end: 10 })) void chunk;
  clearInterval(timer);
  const growthMib = Math.round((peak - rest) / MIB);
  say(JSON.stringify({ key, written: hash.digest('hex'), read: read.digest('hex'), growthMib }));
}

/** A sender that stops in the middle without hanging up. */
async function receive(store: ObjectStore): Promise<void> {
  const source = Readable.from(
    (async function* () {
      yield* blocks(20);
      say('receiving');
      await new Promise(() => setInterval(() => undefined, 1_000));
    })(),
  );
  await store.put(source, { maxBytes: 1024 * MIB });
}

async function send(store: ObjectStore): Promise<void> {
  for (;;)
    await store.put(Readable.from(blocks(256)), { maxBytes: 1024 * MIB, accept: async () => void say('sending') });
}

const jobs = { gibibyte, receive, send };
await jobs[order.job](open());
