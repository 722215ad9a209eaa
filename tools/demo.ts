/** Builds what has changed, then runs the demonstration against the running platform. */
import { join, resolve } from 'node:path';
import { build } from './build.ts';

const root = resolve(import.meta.dirname, '..');
await build();
await import(join(root, 'dist', 'apps', 'demo', 'src', 'main.js'));
