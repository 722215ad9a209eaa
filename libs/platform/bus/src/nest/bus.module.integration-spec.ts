import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { describeIf, localKafka, localKafkaSettings, makeTestDatabase } from '@qlvb/platform-testing';
import type { LocalKafka, TestDatabase } from '@qlvb/platform-testing';
import { busConfig } from '../bus-config.ts';
import type { BusConfig } from '../bus-config.ts';
import { BusRefused } from '../bus-refused.ts';
import { EffectTable } from '../testing/effect-table.ts';
import { OutboxTable } from '../testing/outbox-table.ts';
import { BusModule, INBOX_RUNNER, OUTBOX_SOURCE } from './bus.module.ts';

const server = localKafka();
let database: TestDatabase;
let inbox: EffectTable;
let outbox: OutboxTable;

beforeAll(async () => {
  database = await makeTestDatabase('start');
  [inbox, outbox] = [new EffectTable(database.url), new OutboxTable(database.url)];
  await outbox.create();
});
afterAll(async () => {
  await inbox.close();
  await outbox.close();
  await database.drop();
});

/** Starts what a service starts with its bus, and stops it. @returns how the start ended */
async function start(config: BusConfig): Promise<unknown> {
  @Module({
    providers: [
      { provide: INBOX_RUNNER, useValue: inbox },
      { provide: OUTBOX_SOURCE, useValue: outbox },
    ],
    exports: [INBOX_RUNNER, OUTBOX_SOURCE],
  })
  class StorageModule {}
  const module = BusModule.forRoot({ service: 'letters', config, imports: [StorageModule] });
  const app = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false }).catch(
    (error: unknown) => error,
  );
  if (app instanceof Error) return app;
  await (app as { close: () => Promise<void> }).close();
  return 'started';
}

describe('F-23 a service starts under an account that the bus knows', () => {
  it('of PostgreSQL', async () => {
    expect(await start(busConfig({ QLVB_BUS_URL: database.url }))).toBe('started');
    const url = new URL(database.url);
    url.password = 'not-this-one';
    const refusal = await start(busConfig({ QLVB_BUS_URL: url.href }));
    expect(refusal).toBeInstanceOf(BusRefused);
    expect((refusal as Error).message).toContain('QLVB_BUS_URL');
    expect((refusal as Error).message).not.toContain('not-this-one');
  });
});

describeIf(server !== undefined, 'a Kafka broker at QLVB_TEST_KAFKA', 'F-23 and an account that Kafka knows', () => {
  const settings = (): Record<string, string> => localKafkaSettings(server as LocalKafka, 'stranger');

  it('with its password only, and told which setting is wrong', async () => {
    expect(await start(busConfig(settings()))).toBe('started');
    const refusal = await start(busConfig({ ...settings(), QLVB_KAFKA_PASSWORD: 'not-this-one' }));
    expect(refusal).toBeInstanceOf(BusRefused);
    expect((refusal as Error).message).toContain('QLVB_KAFKA_PASSWORD');
    expect((refusal as Error).message).not.toContain('not-this-one');
  });

  it('also while Kafka is away, and waits for it', async () => {
    expect(await start(busConfig({ ...settings(), QLVB_KAFKA_BROKERS: '127.0.0.1:1' }))).toBe('started');
  });
});
