import type { Tx } from '@qlvb/platform-database';
import type { JobData, JobDeclaration } from './define-job.ts';

/** One run of a job, as its handler sees it. */
export interface Job<Declaration extends JobDeclaration = JobDeclaration> {
  readonly id: string;
  readonly data: JobData<Declaration>;
  readonly agencyId: string | undefined;
  /** 1 for the first run. */
  readonly attempt: number;
  /** During how many runs before the process died. */
  readonly deaths: number;
  /** Aborted when somebody cancels, when another process has taken over, and at a shutdown: then the handler gives up. */
  readonly signal: AbortSignal;
  /** Says how far it is; may be called as often as one likes. `step` is a code. */
  progress(done: number, total?: number, step?: string): void;
  /**
   * Ends the job in the transaction of its effect, so that both or none happen.
   *
   * @throws LeaseLost, which rolls the effect back
   */
  finish(tx: Tx, result?: unknown): Promise<void>;
}

/** Why a job was given up: the code of a problem, or one of the platform's own. */
export interface JobFailure {
  readonly code: string;
  readonly detail: string;
}

export interface JobFailedOptions extends ErrorOptions {
  /** Whether another attempt may help. */
  readonly again?: boolean;
}

/** Fails a run with a code of its own: for good, unless `again`. */
export class JobFailed extends Error {
  readonly code: string;
  readonly again: boolean;

  constructor(code: string, detail: string, { again = false, ...options }: JobFailedOptions = {}) {
    super(detail, options);
    this.name = 'JobFailed';
    this.code = code;
    this.again = again;
  }
}

/** Another process works on the job; what this one did of it must not count. */
export class LeaseLost extends Error {
  constructor(id: string) {
    super(`another process has taken over the job ${id}`);
    this.name = 'LeaseLost';
  }
}
