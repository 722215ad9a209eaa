import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestTokenIssuer } from '@qlvb/platform-auth-testing';
import { Pool } from 'undici';
import { compare, perSecond } from './measure.ts';
import type { Line, Variant } from './measure.ts';
import { freePort } from '@qlvb/platform-free-ports';
import { startServer } from './server-process.ts';

const AT_ONCE = 64;
const PATH = '/api/v1/tasks';

/** Requests per second through the gateway, with host, token and rate checked, against nginx that only passes them on. */
export async function gatewayLines(dist: string, count: number, rounds: number): Promise<Line[]> {
  const issuer = await startTestTokenIssuer();
  const upstream = await startServer(join(dist, 'bench', 'upstream.js'), {});
  const url = `http://127.0.0.1:${upstream.port}`;
  const services = ['IDENTITY', 'DOCUMENTS', 'WORKFLOW', 'SIGNATURE', 'EXCHANGE', 'ARCHIVE'];
  const gateway = await startServer(join(dist, 'apps', 'gateway', 'src', 'main.js'), {
    ...issuer.environment,
    ...Object.fromEntries(services.map((name) => [`QLVB_${name}_URL`, url])),
    QLVB_HOST: '127.0.0.1',
    QLVB_BASE_DOMAIN: 'localhost',
    QLVB_RATE_PER_MINUTE: '100000000',
    QLVB_CONCURRENCY: '1000',
    QLVB_LOG_LEVEL: 'warn',
  });
  const nginx = await startNginx(upstream.port);
  const { authorization } = await issuer.authorization({});
  const variant = (name: string, port: number): Variant & { readonly pool: Pool } => {
    const pool = new Pool(`http://127.0.0.1:${port}`, { connections: AT_ONCE });
    return {
      name,
      pool,
      run: () =>
        perSecond(count, AT_ONCE, async () => {
          const response = await pool.request({
            method: 'GET',
            path: PATH,
            headers: { host: 'qlvb.localhost', authorization },
          });
          if (response.statusCode !== 200)
            throw new Error(`${name}: ${response.statusCode} ${await response.body.text()}`);
          await response.body.dump();
        }),
    };
  };
  const variants = [
    variant('gateway', gateway.port),
    variant('nginx, plain proxy', nginx.port),
    variant('nothing between', upstream.port),
  ];
  try {
    return await compare({ what: 'requests', unit: '/s', rounds, variants });
  } finally {
    for (const { pool } of variants) await pool.close();
    await gateway.stop();
    nginx.stop();
    await upstream.stop();
    await issuer.close();
  }
}

async function startNginx(upstreamPort: number): Promise<{ readonly port: number; readonly stop: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'qlvb-bench-nginx-'));
  const port = await freePort();
  writeFileSync(
    join(folder, 'nginx.conf'),
    `worker_processes 1; daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
     events { worker_connections 1024; }
     http {
       access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
       fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
       upstream service { server 127.0.0.1:${upstreamPort}; keepalive 64; }
       server {
         listen 127.0.0.1:${port};
         location / { proxy_pass http://service; proxy_http_version 1.1; proxy_set_header Connection ''; proxy_set_header Host $host; }
       }
     }`,
  );
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: 'ignore',
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` },
  });
  child.once('error', (error) => {
    throw new Error('nginx is missing: deploy/judges/judges install debian', { cause: error });
  });
  await untilListening(port);
  return {
    port,
    stop: () => {
      child.kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilListening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      socket.destroy();
      return;
    } catch {
      // Not yet there.
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  throw new Error(`nobody listens on ${port}`);
}
