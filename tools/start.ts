/** Builds what has changed, then becomes the launcher. */
import { join, resolve } from 'node:path';
import { build } from './build.ts';

const root = resolve(import.meta.dirname, '..');
const started = Date.now();
const written = await build();
if (written > 0)
  console.log(`Đã biên dịch ${written} tệp trong ${((Date.now() - started) / 1000).toFixed(1)} giây (built)`);
await import(join(root, 'dist', 'apps', 'standalone', 'src', 'main.js'));
