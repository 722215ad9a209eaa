import type { JobDeclaration } from './define-job.ts';
import type { Handler } from './job-worker.ts';

/** A method that carries a job out, or that is called when it is given up. */
export interface Method {
  readonly declaration: JobDeclaration;
  readonly call: (...args: never[]) => unknown;
}

/**
 * One handler per kind. What a person or an event asked for has somebody who is told when it is given up; work that comes again by
 * itself is the operator's, who sees it.
 *
 * @throws Error when a kind has nobody to carry it out, or nobody to tell of its failure
 */
export function pairHandlers(runs: ReadonlyMap<string, Method>, fails: ReadonlyMap<string, Method>): Handler[] {
  for (const kind of fails.keys()) if (!runs.has(kind)) throw new Error(`nobody carries out ${kind}`);
  return [...runs].map(([kind, { declaration, call }]) => {
    const failed = fails.get(kind);
    if (!failed && declaration.everySeconds === undefined) throw new Error(`nobody tells when ${kind} is given up`);
    return { declaration, run: call as Handler['run'], failed: failed?.call as Handler['failed'] };
  });
}
