/** `npm run operator -- <command>`: what the operators of an installation do from a terminal. */
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), process.env, {
  out: (line) => process.stdout.write(`${line}\n`),
  error: (line) => process.stderr.write(`${line}\n`),
});
