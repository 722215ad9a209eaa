import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kafkaUserOf, SERVICES } from '@qlvb/installation';
import { freePort } from '@qlvb/platform-free-ports';
import { LOCAL_KAFKA_ADMIN, localKafkaPassword, localKafkaSettings, startOwnKafka } from '@qlvb/platform-testing';
import { root } from './workspace.ts';

const execute = promisify(execFile);
const scriptOf = (name: string): string => join(root, 'deploy', 'local', name);

/** A server of `deploy/local` with ports and data of its own. */
export interface LocalServer {
  /** What the platform's services need to use it. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** With what `npm start` and the operator need: their own account, and the passwords that go to the services. */
export async function startLocalKafka(): Promise<LocalServer> {
  const server = await startOwnKafka(scriptOf('kafka'));
  const passwords = SERVICES.map((service) => [
    `QLVB_KAFKA_${service.toUpperCase()}_PASSWORD`,
    localKafkaPassword(kafkaUserOf(service)),
  ]);
  return {
    environment: { ...localKafkaSettings(server, LOCAL_KAFKA_ADMIN), ...Object.fromEntries(passwords) },
    stop: () => server.remove(),
  };
}

/** @throws Error with the script's own sentence when the server cannot be installed or started */
export async function startLocalStore(name: 'minio' | 'versitygw'): Promise<LocalServer> {
  const folder = mkdtempSync(join(tmpdir(), `qlvb-${name}-`));
  const environment = {
    ...process.env,
    QLVB_LOCAL_DATA: folder,
    [`QLVB_${name.toUpperCase()}_PORT`]: String(await freePort()),
  };
  const script = (action: string): Promise<{ stdout: string }> =>
    execute(scriptOf(name), [action], { env: environment });
  await script('start');
  const { stdout } = await script('env');
  const url = new URL(/=(http\S+)/.exec(stdout)?.[1] ?? '');
  return {
    environment: {
      QLVB_STORAGE: 's3',
      QLVB_S3_ENDPOINT: url.origin,
      QLVB_S3_ACCESS_KEY: url.username,
      QLVB_S3_SECRET_KEY: url.password,
    },
    stop: async () => {
      await script('kill');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
