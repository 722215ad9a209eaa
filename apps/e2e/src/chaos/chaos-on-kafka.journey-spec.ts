import { describeIf } from '@qlvb/platform-testing';
import { chaosSuite } from './chaos-suite.ts';

describeIf(
  Boolean(process.env['QLVB_TEST_KAFKA']),
  'Kafka (deploy/local/kafka start)',
  'processes killed during the main job, bus kafka',
  () => void chaosSuite('kafka'),
);
