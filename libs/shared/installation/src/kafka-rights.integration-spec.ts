import { topics } from '@qlvb/contracts';
import { BusRefused, busConfig, createEventBus, PoisonRecord } from '@qlvb/platform-bus';
import type { BusRecord, EventBus, KafkaBusConfig, KafkaInstallation, Lane } from '@qlvb/platform-bus';
import {
  canStartKafka,
  describeIf,
  LOCAL_KAFKA_ADMIN,
  localKafkaPassword,
  localKafkaSettings,
  startOwnKafka,
} from '@qlvb/platform-testing';
import type { OwnKafka } from '@qlvb/platform-testing';
import { newId } from '@qlvb/shared-domain';
import kafkajs from 'kafkajs';
import type { AclEntry, Admin, Kafka } from 'kafkajs';
import { installKafka, kafkaUserOf, SERVICES } from './index.ts';
import type { Service } from './index.ts';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;
let server: OwnKafka;
const silent = { log: () => undefined, warn: () => undefined, error: () => undefined };
const LANES: readonly Lane[] = ['normal', 'urgent'];
const laneOf = (topic: string, lane: Lane): string => (lane === 'urgent' ? `${topic}.urgent` : topic);
const ALL = topics().flatMap(({ name, producer, readers }) =>
  LANES.map((lane) => ({ name, lane, topic: laneOf(name, lane), producer, readers })),
);

const configOf = (user: string, more: Record<string, string> = {}): KafkaBusConfig =>
  busConfig({ ...localKafkaSettings(server, user), ...more }) as KafkaBusConfig;

const buses: EventBus[] = [];
function busOf(user: string, more: Record<string, string> = {}): EventBus {
  const bus = createEventBus(configOf(user, more), silent);
  buses.push(bus);
  return bus;
}

/** The bare client: what a service could do that forgets all our code. */
const clientOf = (user: string, password = localKafkaPassword(user)): Kafka =>
  new kafkajs.Kafka({
    clientId: 'thief',
    brokers: [server.broker],
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 1, initialRetryTime: 50 },
    sasl: { mechanism: 'scram-sha-512', username: user, password },
  });

async function as<T>(user: string, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = clientOf(user).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

const record = (topic: string, lane: Lane = 'normal', id = newId()): BusRecord => ({
  id,
  topic,
  key: 'k',
  lane,
  value: '{"type":"x"}',
  headers: {},
});

/** What the error says, and what came with it. */
function textOf(error: unknown): string {
  const { name, message, errors = [] } = error as Error & { errors?: unknown[] };
  return [`${name}: ${message}`, ...errors.map(textOf)].join('; ');
}
const answerOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', textOf);

/** Whether it was done, or refused because the topic is not the account's; anything else as it was said. */
const verdictOf = async (work: Promise<unknown>): Promise<string> => {
  const answer = await answerOf(work);
  return answer.includes('Topic authorization failed') ? 'refused' : answer;
};

/** Fetches from a topic: resolves when the broker gave a record, rejects with what it refused. */
async function read(user: string, group: string, topic: string): Promise<void> {
  const consumer = clientOf(user).consumer({ groupId: group, sessionTimeout: 6000, maxWaitTimeInMs: 100 });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await new Promise<void>((done, fail) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => fail(payload.error));
      consumer.run({ autoCommit: false, eachBatch: () => Promise.resolve(done()) }).catch(fail);
    });
  } finally {
    await consumer.disconnect();
  }
}

/** Resolves when the broker serves a group. */
async function coordinated(group: string): Promise<void> {
  while ((await answerOf(read(LOCAL_KAFKA_ADMIN, group, 'identity.post'))) !== 'done');
}

/** The end of every topic, as the administrator sees it. */
const ends = (): Promise<Record<string, number>> =>
  as(LOCAL_KAFKA_ADMIN, async (admin) => {
    const names = (await admin.listTopics()).filter((name) => ALL.some(({ topic }) => topic === name));
    const counted = names.map(async (name): Promise<[string, number]> => {
      const partitions = await admin.fetchTopicOffsets(name);
      return [name, partitions.reduce((sum, { high }) => sum + Number(high), 0)];
    });
    return Object.fromEntries(await Promise.all(counted));
  });

const acl = (principal: string, more: Partial<AclEntry>): AclEntry => ({
  resourceType: AclResourceTypes.TOPIC,
  resourceName: 'identity.post',
  resourcePatternType: ResourcePatternTypes.LITERAL,
  principal,
  host: '*',
  operation: AclOperationTypes.WRITE,
  permissionType: AclPermissionTypes.ALLOW,
  ...more,
});
const ANY = {
  resourceType: AclResourceTypes.ANY,
  resourcePatternType: ResourcePatternTypes.ANY,
  operation: AclOperationTypes.ANY,
  permissionType: AclPermissionTypes.ANY,
};
const holders = async (): Promise<string[]> => {
  const { resources } = await as(LOCAL_KAFKA_ADMIN, (admin) => admin.describeAcls(ANY));
  return resources.flatMap(({ resourceName, acls }) =>
    acls.map(({ principal, operation }) => `${principal} ${operation} ${resourceName}`),
  );
};

describeIf(canStartKafka(), 'QLVB_TEST_KAFKA_CTL (deploy/local/kafka env)', 'F-23 rights on Kafka', () => {
  const stranger = 'User:stranger';
  const watching = acl(stranger, { operation: AclOperationTypes.DESCRIBE });
  const elsewhere = acl(stranger, { resourceName: 'another-system.topic', operation: AclOperationTypes.READ });
  let first: KafkaInstallation;
  let again: KafkaInstallation;

  beforeAll(async () => {
    server = await startOwnKafka();
    await as(LOCAL_KAFKA_ADMIN, (admin) =>
      admin.createAcls({
        acl: [
          acl(stranger, {}),
          acl(stranger, { resourceName: '*', operation: AclOperationTypes.READ }),
          acl(stranger, { resourceName: 'identity.', resourcePatternType: ResourcePatternTypes.PREFIXED }),
          acl(stranger, {
            resourceType: AclResourceTypes.GROUP,
            resourceName: 'workflow',
            operation: AclOperationTypes.READ,
          }),
          acl('User:*', { operation: AclOperationTypes.ALL }),
          acl('User:qlvb_former', { resourceName: 'another-system.topic' }),
          acl('User:qlvb_documents', {}),
          watching,
          elsewhere,
        ],
      }),
    );
    first = await installKafka(configOf(LOCAL_KAFKA_ADMIN), silent);
    again = await installKafka(configOf(LOCAL_KAFKA_ADMIN), silent);
    for (const service of SERVICES) {
      const own = ALL.filter(({ producer }) => producer === service);
      await busOf(kafkaUserOf(service)).publish(own.map(({ name, lane }) => record(name, lane)));
    }
    // The first group makes the broker begin to keep groups, each where its name falls: what is asked below is answered at once.
    for (const service of SERVICES) await coordinated(service);
  }, 600_000);
  afterAll(async () => {
    for (const bus of buses) await bus.close();
    await server.remove();
  });

  it('are made once, and what else was allowed on our names or to our users is withdrawn', async () => {
    expect(first.withdrawn).toBeGreaterThanOrEqual(7);
    expect(again).toEqual({ topics: [], granted: 0, withdrawn: 0 });
    const held = (await holders()).filter((entry) => !/^User:qlvb_(?!former)/.test(entry));
    expect(held.toSorted()).toEqual([
      `User:stranger ${AclOperationTypes.READ} another-system.topic`,
      `User:stranger ${AclOperationTypes.DESCRIBE} identity.post`,
    ]);
    expect(await holders()).not.toContain(`User:qlvb_documents ${AclOperationTypes.WRITE} identity.post`);
  });

  describe.each(SERVICES)('of %s:', (service) => {
    const user = kafkaUserOf(service);
    const foreign = ALL.filter(({ producer }) => producer !== service);

    it('it publishes to no topic but its own, and nothing arrives there', async () => {
      const bus = busOf(user);
      const before = await ends();
      const answers: Record<string, string> = {};
      for (const { name, lane, topic } of foreign) answers[topic] = await verdictOf(bus.publish([record(name, lane)]));
      expect(answers).toEqual(Object.fromEntries(foreign.map(({ topic }) => [topic, 'refused'])));
      expect(await ends()).toEqual(before);
      const own = ALL.filter(({ producer }) => producer === service);
      await bus.publish(own.map(({ name, lane }) => record(name, lane)));
      const after = await ends();
      expect(own.map(({ topic }) => (after[topic] ?? 0) - (before[topic] ?? 0))).toEqual(own.map(() => 1));
    }, 600_000);

    it('it reads the topics it is declared to read, and no other', async () => {
      const answers: Record<string, string> = {};
      for (const { topic } of ALL) answers[topic] = await verdictOf(read(user, service, topic));
      expect(answers).toEqual(
        Object.fromEntries(ALL.map(({ topic, readers }) => [topic, readers.includes(service) ? 'done' : 'refused'])),
      );
    }, 600_000);

    it('it acts as no other group, and appends to no other group’s dead letters', async () => {
      const [readable] = ALL.filter(({ readers }) => readers.includes(service));
      const answers = new Set<string>();
      for (const group of [...SERVICES, 'new-group'].filter((group) => group !== service)) {
        // The client hides "group authorization failed" behind this name; a service's own group is found, as above.
        if (readable) answers.add(await answerOf(read(user, group, readable.topic)));
      }
      expect([...answers]).toEqual(
        readable ? ['KafkaJSGroupCoordinatorNotFound: Failed to find group coordinator'] : [],
      );

      const producer = clientOf(user).producer({ allowAutoTopicCreation: false });
      await producer.connect();
      const letters: Record<string, string> = {};
      for (const group of SERVICES) {
        letters[group] = await verdictOf(producer.send({ topic: `${group}.dlq`, messages: [{ value: 'letter' }] }));
      }
      await producer.disconnect();
      expect(letters).toEqual(
        Object.fromEntries(SERVICES.map((group) => [group, group === service ? 'done' : 'refused'])),
      );
      expect(await verdictOf(read(user, service, `${service}.dlq`))).toBe('refused');
    }, 600_000);

    it('it makes no topic, changes none, and gives nobody rights', async () => {
      const topic = `${service}.made-by-itself`;
      const producer = clientOf(user).producer({ allowAutoTopicCreation: true });
      await producer.connect();
      const sent = await answerOf(producer.send({ topic, messages: [{ value: 'x' }] }));
      await producer.disconnect();
      const own = ALL.find(({ producer }) => producer === service)?.topic ?? '';
      const answers = await as(user, async (admin) => [
        await answerOf(admin.createTopics({ topics: [{ topic }] })),
        await answerOf(admin.deleteTopics({ topics: [own] })),
        await answerOf(admin.createPartitions({ topicPartitions: [{ topic: own, count: 20 }] })),
        await answerOf(
          admin.createAcls({ acl: [acl(`User:${user}`, { resourceName: own, operation: AclOperationTypes.ALL })] }),
        ),
        await answerOf(admin.deleteAcls({ filters: [ANY] })),
        await answerOf(admin.describeAcls(ANY)),
      ]);
      for (const answer of [sent, ...answers]) expect(answer).toMatch(/(Topic|Cluster) authorization failed/);
      // The client says only that records were not deleted: the broker is asked whether they are there.
      const emptied = [{ partition: 0, offset: '-1' }];
      await as(user, (admin) => answerOf(admin.deleteTopicRecords({ topic: own, partitions: emptied })));
      const partitions = await as(LOCAL_KAFKA_ADMIN, (admin) => admin.fetchTopicOffsets(own));
      expect(partitions.map(({ low }) => low)).toEqual(partitions.map(() => '0'));
      expect(await as(LOCAL_KAFKA_ADMIN, (admin) => admin.listTopics())).not.toContain(topic);
      expect(await holders()).not.toContain(`User:${user} ${AclOperationTypes.ALL} ${own}`);
    });

    it('its account is admitted, with its own password only', async () => {
      await busOf(user).admit();
      const wrong = busOf(user, { QLVB_KAFKA_PASSWORD: localKafkaPassword('stranger') }).admit();
      await expect(wrong).rejects.toBeInstanceOf(BusRefused);
      await expect(wrong).rejects.toThrow('QLVB_KAFKA_USERNAME and QLVB_KAFKA_PASSWORD');
      await expect(wrong).rejects.not.toThrow(localKafkaPassword('stranger'));
    });
  });

  it('an undeclared topic stops the service at its start, with the topic and the account named', async () => {
    const subscribed = busOf('qlvb_documents').subscribe({
      group: 'documents',
      topics: ['identity.post', 'axis.document-package'],
      handler: () => Promise.resolve(),
    });
    await expect(subscribed).rejects.toThrow('Kafka keeps from qlvb_documents the topics axis.document-package:');
  });

  it('an account that may do everything is no account of a service', async () => {
    await expect(busOf(LOCAL_KAFKA_ADMIN).admit()).rejects.toThrow('allow.everyone.if.no.acl.found=false');
  });

  it('who is not known is refused, and who has no right sees nothing', async () => {
    const { broker } = server;
    const anonymous = new kafkajs.Kafka({
      brokers: [broker],
      logLevel: kafkajs.logLevel.NOTHING,
      retry: { retries: 0 },
    });
    const admin = anonymous.admin();
    expect(await answerOf(admin.connect().then(() => admin.listTopics()))).toMatch(/Closed connection/);
    await admin.disconnect();
    expect(await answerOf(as('nobody', (unknown) => unknown.listTopics()))).toMatch(/invalid credentials/);
    await as(LOCAL_KAFKA_ADMIN, (one) => one.deleteAcls({ filters: [watching] }));
    const seen = await as('stranger', (one) => one.listTopics());
    expect(seen.filter((name) => ALL.some(({ topic }) => topic === name))).toEqual([]);
    await expect(installKafka(configOf('stranger'), silent)).rejects.toThrow('does not let stranger');
    await expect(installKafka(configOf('nobody'), silent)).rejects.toBeInstanceOf(BusRefused);
  });

  it('without the authority of the brokers’ certificate nothing is sent', async () => {
    const { QLVB_KAFKA_CA_FILE: _authority, ...settings } = localKafkaSettings(server, 'qlvb_identity');
    const bus = createEventBus(busConfig(settings), silent);
    await expect(bus.publish([record('identity.post')])).rejects.toThrow(/certificate/);
    await bus.close();
  }, 600_000);

  it('a dead letter lies with its group alone; the operator’s account lists and repeats it, and believes no other group’s', async () => {
    const operators = busOf(LOCAL_KAFKA_ADMIN);
    const id = newId();
    const seen: Record<'exchange' | 'workflow', string[]> = { exchange: [], workflow: [] };
    let ill = true;
    const listen = (service: 'exchange' | 'workflow'): Promise<unknown> =>
      busOf(kafkaUserOf(service)).subscribe({
        group: service,
        topics: ['identity.post'],
        handler: (one) => {
          if (one.id === id && service === 'exchange' && ill) throw new PoisonRecord('no');
          seen[service].push(one.id);
          return Promise.resolve();
        },
      });
    await listen('exchange');
    await listen('workflow');
    await busOf('qlvb_identity').publish([record('identity.post', 'normal', id)]);
    const own = async (service: Service) =>
      (await operators.deadLetters.list(service)).filter((letter) => letter.record.id === id);
    let [letter] = await own('exchange');
    while (!letter) [letter] = await own('exchange');
    expect(letter.topic).toBe('exchange.dlq');
    expect(await own('documents')).toEqual([]);

    // Documents speaks for exchange in the only place where it may write: a letter of its own making, and an end to the true one.
    const producer = clientOf('qlvb_documents').producer({ allowAutoTopicCreation: false });
    await producer.connect();
    const lie = (headers: Record<string, string>, value: string | null): Promise<unknown> =>
      producer.send({ topic: 'documents.dlq', messages: [{ key: 'k', headers, value }] });
    const forged = { ...letter, record: { ...letter.record, value: '{"type":"forged"}' } };
    await lie({ 'qlvb-dead-letter': letter.id }, JSON.stringify(forged));
    await lie({ 'qlvb-dead-letter': letter.id }, null);
    await lie({ 'qlvb-dead-letter': letter.id }, '{');
    await lie({ 'qlvb-dead-letter': letter.id }, 'null');
    await producer.disconnect();
    expect(await own('exchange')).toEqual([letter]);

    ill = false;
    await operators.deadLetters.replay(letter.id);
    while (!seen.exchange.includes(id)) await new Promise((done) => setTimeout(done, 50));
    expect(seen.workflow.filter((one) => one === id)).toHaveLength(1);
    expect(await own('exchange')).toEqual([]);
  }, 600_000);
});
