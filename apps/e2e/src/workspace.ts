import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const above = resolve(import.meta.dirname, '..', '..', '..');

/** The workspace's folder, seen from the sources or from the built tree, which have the same shape. */
export const root = existsSync(join(above, 'nx.json')) ? above : resolve(above, '..');

/** A built program. */
export const program = (app: string, dist = join(root, 'dist')): string => join(dist, 'apps', app, 'src', 'main.js');
