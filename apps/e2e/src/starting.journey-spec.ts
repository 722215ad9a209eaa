import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@qlvb/platform-free-ports';
import { startPlatform } from './running-platform.ts';
import { program, root } from './workspace.ts';

const MINUTE = 60_000;
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function start(env: Record<string, string>, file = program('standalone'), args: string[] = []): Promise<Ended> {
  return new Promise((done) => {
    const account = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
    const child = spawn(process.execPath, [...args, file], { ...account, env: { ...process.env, ...env } });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('exit', (code) => done({ code, output }));
  });
}

/** Root may read what others may not, so the programs run from a copy that everybody may read. */
describe('npm start elsewhere: a path with spaces and Vietnamese letters, an ordinary account', () => {
  const place = mkdtempSync(join(tmpdir(), 'hệ thống quản lý văn bản '));
  const data = join(place, 'dữ liệu');
  const dist = join(place, 'dist');

  beforeAll(() => {
    chmodSync(place, 0o777);
    cpSync(join(root, 'dist'), dist, { recursive: true, verbatimSymlinks: true });
    const copy = (...options: string[]): number | null =>
      spawnSync('cp', ['-a', ...options, join(root, 'node_modules'), place]).status;
    // Links of the same files, which are as readable elsewhere; on another disk there is nothing but to copy them.
    expect(copy('--link') === 0 || copy('--reflink=auto') === 0).toBe(true);
  }, 3 * MINUTE);
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  it(
    'runs the main job',
    async () => {
      const platform = await startPlatform({ data, dist, ...(isRoot ? { uid: NOBODY } : {}) });
      try {
        const { code, output } = await platform.demo(join(data, 'demo'));
        expect(output).toContain('01/QĐ-STTTT');
        expect(code).toBe(0);
      } finally {
        await platform.stop();
      }
    },
    4 * MINUTE,
  );

  const standalone = program('standalone', dist);
  const sentence = /^[^\n]+\([^\n]+\)\n$|^[^\n]+\n$/;

  it('a busy port: one sentence', async () => {
    const server = createServer().listen(0, '0.0.0.0');
    await once(server, 'listening');
    const port = (server.address() as { port: number }).port;
    const { code, output } = await start({ QLVB_DATA: join(place, 'khác'), QLVB_PORT: String(port) }, standalone);
    server.close();
    expect(output).toMatch(sentence);
    expect(output).toContain(`Cổng ${port} đang được chương trình khác dùng`);
    expect(code).toBe(1);
  });

  it('a folder that cannot be written: one sentence', async () => {
    const closed = join(place, 'chỉ đọc');
    mkdirSync(closed, { mode: 0o555 });
    const { code, output } = await start({ QLVB_DATA: closed, QLVB_PORT: String(await freePort()) }, standalone);
    expect(output).toMatch(sentence);
    expect(output).toContain(`Không ghi được vào thư mục dữ liệu ${closed}`);
    expect(code).toBe(1);
  });

  it(
    'a second platform on the same folder: one sentence',
    async () => {
      const platform = await startPlatform({ data, dist, ...(isRoot ? { uid: NOBODY } : {}) });
      const { code, output } = await start({ QLVB_DATA: data, QLVB_PORT: String(await freePort()) }, standalone);
      await platform.stop();
      expect(output).toMatch(sentence);
      expect(output).toContain(`Nền tảng đang chạy trên ${data}`);
      expect(code).toBe(1);
    },
    2 * MINUTE,
  );

  it('a Node that is too old: one sentence', async () => {
    const pretend = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.18.1'})";
    const entry = join(root, 'tools', 'entry.mjs');
    const { status, stderr } = spawnSync(process.execPath, ['--import', pretend, entry, 'start'], { encoding: 'utf8' });
    expect(stderr).toMatch(sentence);
    expect(stderr).toContain('Cần Node.js 20.19 trở lên');
    expect(status).toBe(1);
  });
});
