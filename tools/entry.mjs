// The entry of `npm start`, `npm test` and `npm run demo`: plain JavaScript without dependencies, because it is the one
// file that runs before anything is installed. It installs what is missing and goes on under the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [command = 'start', ...args] = process.argv.slice(2);
const stamp = join(root, 'node_modules', '.qlvb-installed');

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(`Cần Node.js 20.19 trở lên để bắt đầu, máy này có ${process.version}. (Node.js 20.19 or newer is needed.)`);
}

/** What npm unpacks, with what PostgreSQL and the build need at once, in MB. */
const NEEDED_MB = 1500;

/** Whether nobody else listens on the port of the platform. */
const free = (port) =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', (error) => done(error.code !== 'EADDRINUSE'));
    server.listen(port, '0.0.0.0', () => server.close(() => done(true)));
  });

const lockHash = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash) {
  const port = Number(process.env['QLVB_PORT'] ?? 8080);
  if (command === 'start' && !(await free(port))) {
    stop(
      `Cổng ${port} đang được chương trình khác dùng: hãy tắt chương trình đó hoặc đặt QLVB_PORT sang cổng khác. (Port ${port} is busy.)`,
    );
  }
  const { bavail, bsize } = statfsSync(root);
  const left = Math.floor((bavail * bsize) / 1024 / 1024);
  if (left < NEEDED_MB) {
    stop(
      `Đĩa chứa ${root} chỉ còn ${left} MB, cần ít nhất ${NEEDED_MB} MB để cài đặt. (Not enough disk space to install.)`,
    );
  }
  process.stdout.write('Đang cài đặt các gói phụ thuộc… (installing dependencies)\n');
  const npm = process.env['npm_execpath'];
  // Not `npm ci`: that refuses a lock file written where another platform's optional binaries were not on offer.
  const install = ['install', '--no-save', '--loglevel=error'];
  const result = npm
    ? spawnSync(process.execPath, [npm, ...install], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', install, { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) {
    const { bavail: after, bsize: size } = statfsSync(root);
    if ((after * size) / 1024 / 1024 < 50) stop(`Đĩa chứa ${root} đã đầy khi cài đặt. (The disk is full.)`);
    stop(
      `Không cài đặt được các gói trong ${root}: xem thông báo của npm ở trên. (npm could not install the packages.)`,
    );
  }
  try {
    writeFileSync(stamp, lockHash);
  } catch (error) {
    stop(`Không ghi được vào ${root}: ${error.message}. (The folder cannot be written.)`);
  }
}
mkdirSync(join(root, 'tmp'), { recursive: true });

/** The Node.js that the lock file pins by hash; where there is none for this machine, the one at hand if it is new enough. */
const pinned = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
const node = existsSync(pinned) ? pinned : process.execPath;
if (node !== pinned && major < 24) {
  stop(
    `Thiếu ${pinned}, và máy này chỉ có Node.js ${process.version}: cần 24 trở lên, hoặc xóa thư mục node_modules rồi chạy lại. (Node.js 24 is needed where the pinned one cannot be installed.)`,
  );
}

const programs = {
  start: ['tools/run.ts', 'standalone/src'],
  bench: ['tools/run.ts', '../bench'],
  chaos: ['tools/run.ts', 'e2e/src/chaos'],
  demo: ['tools/run.ts', 'demo/src'],
  mutations: ['--import', './libs/platform/testing/src/aliases.mjs', 'libs/edxml/src/testing/mutation-run.ts'],
  operator: ['tools/run.ts', 'operator/src'],
  test: ['tools/test.ts'],
};
const program = programs[command];
if (!program) stop(`Không có lệnh "${command}". (No such command.)`);

const child = spawn(node, [...program, ...args], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
});
