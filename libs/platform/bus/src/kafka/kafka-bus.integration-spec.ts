import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describeIf } from '@qlvb/platform-testing';
import type { BusConfig } from '../bus-config.ts';
import { describeFailures } from '../testing/contract-failures.ts';
import { describeDelivery } from '../testing/contract.ts';

const brokers = process.env['QLVB_TEST_KAFKA'];
const control = process.env['QLVB_TEST_KAFKA_CTL'];
const run = promisify(execFile);

const config = (): BusConfig => ({
  driver: 'kafka',
  brokers: (brokers ?? '').split(','),
  tls: false,
  replication: 1,
  partitions: 6,
  urgentPartitions: 2,
  sessionTimeoutMs: 6000,
  retentionDays: 30,
  concurrency: 8,
});

describeIf(Boolean(brokers), 'a Kafka broker at QLVB_TEST_KAFKA', 'kafka driver', () => {
  describeDelivery('kafka', { config });
});

/** These stop, kill and empty the broker, through the script that started it. */
describeIf(
  Boolean(brokers && control),
  'QLVB_TEST_KAFKA and QLVB_TEST_KAFKA_CTL',
  'kafka driver, broker in hand',
  () => {
    const tell = async (...command: string[]): Promise<void> => void (await run(control ?? '', command));
    describeFailures('kafka', {
      config,
      restart: async (whileDown) => {
        await tell('stop');
        await whileDown();
        await tell('start');
      },
      wipe: async () => {
        await tell('wipe');
        await tell('start');
      },
    });
  },
);
