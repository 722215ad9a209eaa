import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kafkaUserOf, SERVICES } from '@qlvb/installation';
import { freePort } from '@qlvb/platform-free-ports';
import { LOCAL_KAFKA_ADMIN, localKafka, localKafkaPassword, localKafkaSettings } from '@qlvb/platform-testing';
import { root } from './workspace.ts';

const execute = promisify(execFile);

/** A server of `deploy/local` with ports and data of its own. */
export interface LocalServer {
  /** What the platform's services need to use it. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** @throws Error with the script's own sentence when the server cannot be installed or started */
export async function startLocalServer(name: 'kafka' | 'minio' | 'versitygw'): Promise<LocalServer> {
  const folder = mkdtempSync(join(tmpdir(), `qlvb-${name}-`));
  const port = await freePort();
  const prefix = `QLVB_${name.toUpperCase()}`;
  const environment = {
    ...process.env,
    QLVB_LOCAL_DATA: folder,
    [`${prefix}_PORT`]: String(port),
    [`${prefix}_CONTROLLER_PORT`]: String(await freePort()),
    [`${prefix}_TLS_PORT`]: String(await freePort()),
  };
  const script = (action: string): Promise<{ stdout: string }> =>
    execute(join(root, 'deploy', 'local', name), [action], { env: environment });
  await script('start');
  const { stdout } = await script('env');
  return {
    environment: name === 'kafka' ? kafkaEnvironment(stdout) : s3Environment(stdout),
    stop: async () => {
      await script('kill');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What `npm start` and the operator need: their own account, and the passwords that go to the services. */
function kafkaEnvironment(exported: string): Record<string, string> {
  const variables = Object.fromEntries(
    [...exported.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  const server = localKafka(variables);
  if (!server) throw new Error(`the script named no broker: ${exported}`);
  return {
    ...localKafkaSettings(server, LOCAL_KAFKA_ADMIN),
    ...Object.fromEntries(
      SERVICES.map((service) => [
        `QLVB_KAFKA_${service.toUpperCase()}_PASSWORD`,
        localKafkaPassword(kafkaUserOf(service)),
      ]),
    ),
  };
}

function s3Environment(exported: string): Record<string, string> {
  const url = new URL(/=(http\S+)/.exec(exported)?.[1] ?? '');
  return {
    QLVB_STORAGE: 's3',
    QLVB_S3_ENDPOINT: url.origin,
    QLVB_S3_ACCESS_KEY: url.username,
    QLVB_S3_SECRET_KEY: url.password,
  };
}
