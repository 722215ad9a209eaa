import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { freePorts } from '@qlvb/platform-free-ports';
import { localKafka } from './local-kafka.ts';
import type { LocalKafka } from './local-kafka.ts';
import { scratchFolder } from './scratch-folder.ts';

const execute = promisify(execFile);

/** A broker that belongs to one test. */
export interface OwnKafka extends LocalKafka {
  /** `stop`, `start`, `kill`, `wipe`, … of the script. */
  tell(command: string): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** Whether brokers can be started here: `QLVB_TEST_KAFKA_CTL` names the script that does. */
export const canStartKafka = (): boolean => Boolean(process.env['QLVB_TEST_KAFKA_CTL']);

/**
 * Starts a broker of its own for a test that stops it, empties it, or uses the groups and access lists of the platform.
 *
 * @param script `deploy/local/kafka`
 * @throws Error with the script's own sentence when the server cannot be installed or started
 */
export async function startOwnKafka(script = process.env['QLVB_TEST_KAFKA_CTL'] ?? ''): Promise<OwnKafka> {
  // It waits for the disk at each of hundreds of partitions.
  const folder = scratchFolder('qlvb-kafka-');
  const [port, controllerPort, tlsPort] = await freePorts(3);
  const environment = {
    ...process.env,
    QLVB_LOCAL_DATA: folder,
    QLVB_KAFKA_PORT: String(port),
    QLVB_KAFKA_CONTROLLER_PORT: String(controllerPort),
    QLVB_KAFKA_TLS_PORT: String(tlsPort),
    // It lives for minutes: code that runs soon is worth more than code that runs fast.
    JDK_JAVA_OPTIONS: '-XX:TieredStopAtLevel=1',
  };
  const tell = async (command: string): Promise<string> =>
    (await execute(script, [command], { env: environment })).stdout;
  await tell('start');
  const exported = [...(await tell('env')).matchAll(/^export (\w+)=(.*)$/gm)];
  const server = localKafka(Object.fromEntries(exported.map(([, name = '', value = '']) => [name, value])));
  if (!server) throw new Error(`${script} named no broker`);
  return {
    ...server,
    tell: async (command) => void (await tell(command)),
    remove: async () => {
      await tell('wipe');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
