/** Builds what has changed, then becomes one of the built programs: `run.ts <folder below apps> [its arguments]`. */
import { join, resolve } from 'node:path';
import { build } from './build.ts';

const root = resolve(import.meta.dirname, '..');
const [program = 'standalone/src'] = process.argv.splice(2, 1);
const started = Date.now();
const written = await build();
if (written > 0)
  console.log(`Đã biên dịch ${written} tệp trong ${((Date.now() - started) / 1000).toFixed(1)} giây (built)`);
await import(join(root, 'dist', 'apps', program, 'main.js'));
