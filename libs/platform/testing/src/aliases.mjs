// Lets Node run a TypeScript file of the workspace directly, with the workspace's own names for its libraries.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { compilerOptions } = JSON.parse(readFileSync(join(process.cwd(), 'tsconfig.base.json'), 'utf8'));

registerHooks({
  resolve(specifier, context, next) {
    const [path] = compilerOptions.paths[specifier] ?? [];
    return next(path ? pathToFileURL(join(process.cwd(), path)).href : specifier, context);
  },
});
