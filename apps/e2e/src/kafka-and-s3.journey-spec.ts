import { describeIf } from '@qlvb/platform-testing';
import { join } from 'node:path';
import { check } from './chaos/checker/check.ts';
import { startLocalKafka, startLocalStore } from './local-server.ts';
import type { LocalServer } from './local-server.ts';
import { startPlatform } from './running-platform.ts';
import type { RunningPlatform } from './running-platform.ts';

const MINUTE = 60_000;
const serversAreHere = Boolean(process.env['QLVB_TEST_KAFKA'] && process.env['QLVB_TEST_S3_MINIO']);

describeIf(serversAreHere, 'Kafka and S3 servers (deploy/local/all start)', 'the main job on real servers', () => {
  describe.each(['minio', 'versitygw'] as const)('kafka and %s', (store) => {
    let servers: LocalServer[] = [];
    let platform: RunningPlatform;

    beforeAll(async () => {
      servers = await Promise.all([startLocalKafka(), startLocalStore(store)]);
      platform = await startPlatform({ env: Object.assign({}, ...servers.map(({ environment }) => environment)) });
    }, 3 * MINUTE);
    afterAll(async () => {
      await platform.stop();
      await Promise.all(servers.map((server) => server.stop()));
    }, MINUTE);

    it(
      'goes from draft to archive, nothing lost or doubled',
      async () => {
        const out = join(platform.data, 'demo');
        const { code, output } = await platform.demo(out);
        expect(output).toContain('01/QĐ-STTTT');
        expect(code).toBe(0);
        expect(await check(platform, join(out, 'history.jsonl'))).toEqual([]);
      },
      5 * MINUTE,
    );
  });
});
