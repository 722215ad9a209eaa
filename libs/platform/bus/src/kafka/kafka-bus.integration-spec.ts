import {
  canStartKafka,
  describeIf,
  LOCAL_KAFKA_ADMIN,
  localKafka,
  localKafkaSettings,
  startOwnKafka,
} from '@qlvb/platform-testing';
import type { LocalKafka, OwnKafka } from '@qlvb/platform-testing';
import { busConfig } from '../bus-config.ts';
import type { BusConfig } from '../bus-config.ts';
import { describeFailures } from '../testing/contract-failures.ts';
import { describeDelivery } from '../testing/contract.ts';

const broker = localKafka();

/** As the account that may do everything: what each service may do is tested where the list of services is. */
const configOf = (of: LocalKafka): BusConfig =>
  busConfig({
    ...localKafkaSettings(of, LOCAL_KAFKA_ADMIN, { tls: false }),
    QLVB_KAFKA_SESSION_TIMEOUT_MS: '6000',
  });

describeIf(broker !== undefined, 'a Kafka broker at QLVB_TEST_KAFKA', 'kafka driver', () => {
  describeDelivery('kafka', { config: () => configOf(broker as LocalKafka) });
});

/** These stop, kill and empty a broker of their own. */
describeIf(canStartKafka(), 'QLVB_TEST_KAFKA_CTL', 'kafka driver, broker in hand', () => {
  let own: OwnKafka;
  beforeAll(async () => {
    own = await startOwnKafka();
  }, 300_000);
  afterAll(() => own.remove());

  describeFailures('kafka', {
    config: () => configOf(own),
    restart: async (whileDown) => {
      await own.tell('stop');
      await whileDown();
      await own.tell('start');
    },
    wipe: async () => {
      await own.tell('wipe');
      await own.tell('start');
    },
  });
});
