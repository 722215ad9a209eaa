import type { Service } from '@qlvb/installation';
import type { Connection } from './connection.ts';

export interface Order {
  readonly connection: Connection;
  readonly environment: NodeJS.ProcessEnv;
  /** The services to work on; all unless one was named. */
  readonly services: readonly Service[];
  /** The id of the one agency that was named. */
  readonly agency: string | undefined;
  readonly since: string | undefined;
  /** File, or folder of files, with the heads of audit chains and row journals taken earlier. */
  readonly heads: string | undefined;
  /** The options that describe a person, as they were given. */
  readonly person: readonly string[];
  /** What follows the command's words. */
  readonly rest: readonly string[];
  /** One result: as a JSON line with `--json`, else the sentence. */
  readonly print: (result: object, sentence: string) => void;
}

/** Resolves with false when what was looked at is not as it should be. @throws Unusable */
export type Command = (order: Order) => Promise<boolean>;
