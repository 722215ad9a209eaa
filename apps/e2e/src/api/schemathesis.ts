import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeIf } from '@qlvb/platform-testing';
import type { RunningPlatform } from '../running-platform.ts';
import { root } from '../workspace.ts';
import { send } from './people.ts';
import type { Person } from './people.ts';

const program = process.env['QLVB_JUDGE_SCHEMATHESIS'] ?? '';

interface World {
  readonly platform: RunningPlatform;
  readonly stranger: Person;
  readonly strangerHost: string;
}

const MOST_MS = 600_000;

/** An outside generator of requests over the whole description: no 5xx, no answer that is not described. */
export function schemathesisSuite(world: () => World): void {
  describeIf(existsSync(program), 'schemathesis (deploy/judges/judges install)', 'schemathesis', () => {
    it(
      'finds no server error and no undocumented answer',
      async () => {
        const { platform, stranger, strangerHost } = world();
        const pids = platform.pids();
        const work = mkdtempSync(join(tmpdir(), 'qlvb-schemathesis-'));
        const config = join(work, 'schemathesis.toml');
        writeFileSync(config, '');
        const output = await run(work, [
          ...['--config-file', config, 'run', join(root, 'docs', 'openapi.json')],
          ...['--url', `http://127.0.0.1:${platform.port}`],
          ...['--header', `Host: ${strangerHost}`, '--header', `Authorization: ${stranger.authorization}`],
          ...['--phases', 'examples,coverage,fuzzing', '--max-examples', '15', '--seed', '20261123', '--workers', '2'],
          ...[
            '--checks',
            'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance',
          ],
          ...['--exclude-path', '/api/v1/auth/sessions/current', '--no-color', '--warnings', 'off'],
        ]);
        expect([output.code, output.code === 0 ? '' : output.text]).toEqual([0, '']);
        expect(platform.pids()).toEqual(pids);
        // All of it was asked by somebody signed in: an ended token would have made every answer a documented 401.
        const headers = { authorization: stranger.authorization };
        const me = await send(platform, { method: 'GET', path: '/api/v1/me', host: strangerHost, headers });
        expect(me.status).toBe(200);
      },
      MOST_MS,
    );
  });
}

function run(cwd: string, args: readonly string[]): Promise<{ readonly code: number | null; readonly text: string }> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: MOST_MS });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.once('error', fail);
    child.once('exit', (code) => done({ code, text }));
  });
}
