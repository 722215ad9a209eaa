import { answerWith } from '../limited-process.ts';

/* Work of every kind that a process has to be protected from. */
answerWith((job: { readonly kind: string; readonly value?: unknown }): unknown => {
  if (job.kind === 'echo') return job.value;
  if (job.kind === 'environment') return Object.keys(process.env);
  if (job.kind === 'pid') return process.pid;
  if (job.kind === 'fail') throw new Error('hỏng');
  if (job.kind === 'end') return process.exit(3);
  const kept: unknown[] = [];
  for (;;) {
    if (job.kind === 'fill-heap') kept.push(Array.from({ length: 1000 }, (_none, index) => ({ index })));
    if (job.kind === 'fill-memory') kept.push(Buffer.alloc(2 ** 20, 1));
  }
});
