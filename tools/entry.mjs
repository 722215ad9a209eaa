// The entry of `npm start`, `npm test` and `npm run demo`: plain JavaScript without dependencies, because it is the one
// file that runs before anything is installed. It installs what is missing and goes on under the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

const lockHash = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash) {
  process.stdout.write('Đang cài đặt các gói phụ thuộc… (installing dependencies)\n');
  const npm = process.env['npm_execpath'];
  // Not `npm ci`: that refuses a lock file written where another platform's optional binaries were not on offer.
  const install = ['install', '--no-save', '--loglevel=error'];
  const result = npm
    ? spawnSync(process.execPath, [npm, ...install], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', install, { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) {
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

const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
if (!existsSync(node))
  stop(`Thiếu ${node}: xóa thư mục node_modules rồi chạy lại. (Delete node_modules and run again.)`);

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
