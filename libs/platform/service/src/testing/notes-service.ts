import { connect } from 'node:net';
import { startTestTokenIssuer } from '@qlvb/platform-auth-testing';
import type { TestTokenIssuer } from '@qlvb/platform-auth-testing';
import { parseConfig } from '@qlvb/platform-config';
import type { HttpLimits } from '@qlvb/platform-http';
import { createLogger } from '@qlvb/platform-observability';
import { serviceConfig, startService } from '../index.ts';
import type { RunningService } from '../index.ts';
import { Notes, NotesModule } from './notes.module.ts';

/** The sample service on a real port, with its tokens, its log and what its handlers saw. */
export interface NotesService {
  readonly service: RunningService;
  readonly issuer: TestTokenIssuer;
  readonly notes: Notes;
  /** The lines of the log. */
  readonly log: string[];
  /** Asks as a holder of all permissions of the sample. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Sends bytes as they are and gives back everything that came until the connection ended. */
  raw(bytes: string | Uint8Array): Promise<string>;
  stop(): Promise<void>;
}

export async function startNotes(limits: Partial<HttpLimits> = {}): Promise<NotesService> {
  const issuer = await startTestTokenIssuer();
  const log: string[] = [];
  const service = await startService({
    name: 'notes',
    module: NotesModule,
    config: parseConfig(serviceConfig, { ...issuer.environment, QLVB_DRAIN_TIMEOUT_MS: '2000' }),
    logger: createLogger({ service: 'notes', level: 'debug', write: (line) => log.push(line) }),
    limits,
  });
  const authorization = await issuer.authorization({ permissions: ['notes.note.create'] });
  return {
    service,
    issuer,
    log,
    notes: service.app.get(Notes),
    ask: (path, init = {}) =>
      fetch(`${service.url}/api/v1${path}`, {
        ...init,
        headers: { ...authorization, ...(init.headers as Record<string, string> | undefined) },
      }),
    raw: (bytes) => exchange(service.port, bytes),
    stop: async () => {
      await service.stop();
      await issuer.close();
    },
  };
}

function exchange(port: number, bytes: string | Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => (answer += text));
    socket.on('close', () => resolve(answer));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.write(bytes);
  });
}

export const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', 'idempotency-key': newKey() },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

let keys = 0;
export const newKey = (): string => `test-key-${String((keys += 1)).padStart(12, '0')}`;
