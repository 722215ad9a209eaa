import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const ONE_SENTENCE = /^[^\n]+\([^\n]+\)\n$/;

describe('F-14 the entry of the commands, before anything is installed', () => {
  let place: string;
  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), 'qlvb-entry-'));
    mkdirSync(join(place, 'tools'));
    copyFileSync(join(root, 'tools', 'entry.mjs'), join(place, 'tools', 'entry.mjs'));
    copyFileSync(join(root, 'package-lock.json'), join(place, 'package-lock.json'));
  });
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  /** Runs `npm start` of a fresh clone, where npm itself would fail. */
  async function start(port: number, pretend = ''): Promise<{ readonly said: string; readonly code: number | null }> {
    const faked = pretend ? ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`] : [];
    const child = spawn(process.execPath, [...faked, join(place, 'tools', 'entry.mjs'), 'start'], {
      env: { ...process.env, QLVB_PORT: String(port), npm_execpath: '/dev/null' },
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'exit')) as [number | null];
    return { said, code };
  }
  const DISK = (megabytes: number): string =>
    `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
     fs.statfsSync = () => ({ bavail: ${megabytes}, bsize: 1024 * 1024 }); syncBuiltinESMExports();`;

  it('says that the port is busy', async () => {
    const server = createServer().listen(0, '0.0.0.0');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const { said, code } = await start(port);
    server.close();
    expect(said).toMatch(ONE_SENTENCE);
    expect(said).toContain(`Cổng ${port} đang được chương trình khác dùng`);
    expect(code).toBe(1);
    expect(readdirSync(place)).not.toContain('node_modules');
  });

  it('says that the disk is too full', async () => {
    const { said, code } = await start(0, DISK(120));
    expect(said).toMatch(ONE_SENTENCE);
    expect(said).toContain('chỉ còn 120 MB');
    expect(code).toBe(1);
  });

  it('goes on where there is room', async () => {
    expect((await start(0, DISK(4000))).said).toContain('(installing dependencies)');
  });
});
