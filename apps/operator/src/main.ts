/** `npm run operator -- <command>`: what the operators of an installation do from a terminal. */
import { run } from './run.ts';

// Whoever read the output has gone, as `| head` does: what was begun is carried out all the same, and its exit code tells.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await run(process.argv.slice(2), process.env, {
  out: (line) => process.stdout.write(`${line}\n`),
  error: (line) => process.stderr.write(`${line}\n`),
});
