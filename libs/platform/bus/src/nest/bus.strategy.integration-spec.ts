import { Controller, Module } from '@nestjs/common';
import type { INestApplication, INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { cloudEventSchema, defineEvent } from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { currentContext } from '@qlvb/platform-context';
import type { RequestContext } from '@qlvb/platform-context';
import { armFailPoints } from '@qlvb/platform-faults';
import { makeTestDatabase } from '@qlvb/platform-testing';
import type { TestDatabase } from '@qlvb/platform-testing';
import { defineProblem, newId } from '@qlvb/shared-domain';
import { z } from 'zod';
import type { BusRecord } from '../bus-record.ts';
import type { EventBus } from '../event-bus.ts';
import { OutboxRelay } from '../outbox-relay.ts';
import { until } from '../testing/contract-kit.ts';
import { EffectTable } from '../testing/effect-table.ts';
import { OutboxTable } from '../testing/outbox-table.ts';
import { BusModule, EVENT_BUS, INBOX_RUNNER, OUTBOX_SOURCE } from './bus.module.ts';
import { QlvbBusStrategy } from './bus.strategy.ts';
import { OnEvent } from './on-event.decorator.ts';

const LetterSent = defineEvent({
  type: 'testing.letter.sent.v1',
  topic: 'testing.letter',
  summary: 'A letter left.',
  data: z.object({ letterId: z.string(), pages: z.int().positive() }),
  key: (data) => data.letterId,
  example: { letterId: 'letter-1', pages: 2 },
});

const TooManyPages = defineProblem({
  code: 'testing.too-many-pages',
  kind: 'unprocessable',
  title: { vi: 'Quá nhiều trang', en: 'Too many pages' },
  detail: { vi: 'Thư có {pages} trang.', en: 'The letter has {pages} pages.' },
});

const agencyId = 'b3c7e2a0-0000-4000-8000-000000000001';
const traceId = '0af7651916cd43dd8448eb211c80319c';
const seen: { event: EventOf<typeof LetterSent>; context: RequestContext | undefined; by: string }[] = [];
let effects: EffectTable;

@Controller()
class LetterConsumer {
  @OnEvent(LetterSent)
  async onSent(event: EventOf<typeof LetterSent>): Promise<void> {
    if (event.data.pages > 100) throw TooManyPages({ pages: event.data.pages });
    await effects.write('letters', { key: event.data.letterId, id: event.id });
    seen.push({ event, context: currentContext(), by: 'first' });
  }
}

@Controller()
class SecondConsumer {
  @OnEvent(LetterSent)
  async onSent(event: EventOf<typeof LetterSent>): Promise<void> {
    seen.push({ event, context: currentContext(), by: 'second' });
  }
}

const letter = (pages: unknown, more: Partial<Record<string, unknown>> = {}): BusRecord => {
  const id = newId();
  const value = JSON.stringify({
    specversion: '1.0',
    id,
    source: '/testing',
    type: LetterSent.type,
    time: new Date().toISOString(),
    subject: 'letter-1',
    datacontenttype: 'application/json',
    agencyid: agencyId,
    traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    data: { letterId: 'letter-1', pages },
    ...more,
  });
  return { id, topic: LetterSent.topic, key: 'letter-1', lane: 'normal', value, headers: {} };
};

describe('the bus in a Nest application', () => {
  let busDatabase: TestDatabase;
  let database: TestDatabase;
  let outbox: OutboxTable;
  let app: INestApplication | INestMicroservice;
  let bus: EventBus;

  beforeAll(async () => {
    [busDatabase, database] = await Promise.all([makeTestDatabase('bus'), makeTestDatabase('letters')]);
    [effects, outbox] = [new EffectTable(database.url), new OutboxTable(database.url)];
    await Promise.all([effects.create(), outbox.create()]);

    @Module({
      providers: [
        { provide: INBOX_RUNNER, useValue: effects },
        { provide: OUTBOX_SOURCE, useValue: outbox },
      ],
      exports: [INBOX_RUNNER, OUTBOX_SOURCE],
    })
    class StorageModule {}

    @Module({
      imports: [
        BusModule.forRoot({
          service: 'letters',
          config: { driver: 'postgres', url: busDatabase.url, retentionDays: 30, concurrency: 4 },
          imports: [StorageModule],
        }),
      ],
      controllers: [LetterConsumer, SecondConsumer],
    })
    class AppModule {}

    const application = await NestFactory.create(AppModule, new FastifyAdapter(), { logger: false });
    application.connectMicroservice({ strategy: application.get(QlvbBusStrategy) });
    await application.startAllMicroservices();
    await application.init();
    app = application;
    bus = application.get(EVENT_BUS);
  });

  afterAll(async () => {
    armFailPoints(undefined);
    await app.close();
    await Promise.all([effects.close(), outbox.close()]);
    await Promise.all([busDatabase.drop(), database.drop()]);
  });

  beforeEach(() => seen.splice(0));

  it('brings an event from the outbox to every handler, validated, in the context of its agency and trace', async () => {
    const sent = letter(3, {});
    await outbox.append([sent]);
    await until('both handlers', () => seen.length === 2);
    expect(seen.map(({ by }) => by)).toEqual(['first', 'second']);
    expect(seen[0]?.event.data).toEqual({ letterId: 'letter-1', pages: 3 });
    expect(cloudEventSchema.safeParse(seen[0]?.event).success).toBe(true);
    expect(seen[0]?.context).toMatchObject({ agencyId, requestId: sent.id });
    expect(seen[0]?.context?.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
    expect(seen[0]?.context?.traceparent).not.toContain('b7ad6b7169203331');
    expect(app.get(OutboxRelay).progress()).toMatchObject({ active: true, live: true, published: 1 });
  });

  it('applies an event once, however often it is published', async () => {
    const sent = letter(4);
    await bus.publish([sent, sent]);
    await bus.publish([sent]);
    await until('three deliveries', async () => (await bus.health()).subscriptions[0]?.handled === 4);
    expect(seen).toHaveLength(2);
  });

  it('dead-letters what is no event, does not fit its declaration or breaks a rule, with the true cause', async () => {
    await bus.publish([
      { ...letter(1), value: 'not json' },
      letter(1, { agencyid: 'nobody' }),
      letter('three'),
      letter(101),
      letter(1, { type: 'testing.letter.lost.v1' }),
      letter(5),
    ]);
    await until('the good letter', () => seen.length === 2);
    const causes = (await bus.deadLetters.list('letters')).map(({ cause, attempts }) => `${attempts} ${cause}`);
    expect(causes).toHaveLength(4);
    expect(causes[0]).toMatch(/^1 PoisonRecord: the record is not JSON/);
    expect(causes[1]).toMatch(/^1 PoisonRecord: the record is not a CloudEvent: agencyid/);
    expect(causes[2]).toMatch(/^1 PoisonRecord: the data does not fit testing.letter.sent.v1: pages/);
    expect(causes[3]).toBe('3 DomainError: testing.too-many-pages: The letter has 101 pages.');
  });

  it('tries again when a crash point hits between effect and acknowledgement, without a second effect', async () => {
    armFailPoints('inbox:before-commit=throw@1,inbox:before-ack=throw@1');
    const sent = letter(6);
    await bus.publish([sent]);
    await until('the effect', async () => (await effects.read('letters')).get('letter-1')?.includes(sent.id) ?? false);
    await until('the confirmation', async () => (await bus.health()).subscriptions[0]?.pending === 0);
    const ids = (await effects.read('letters')).get('letter-1') ?? [];
    expect(ids.filter((id) => id === sent.id)).toHaveLength(1);
  });
});
