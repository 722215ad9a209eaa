import { inspect } from 'node:util';
import { z } from 'zod';

const REDACTED = '[REDACTED]';

/** A value that must not be printed: every way of turning it into text gives `[REDACTED]` except `reveal()`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}

export interface SecretOptions {
  /** Value on a developer's machine (`QLVB_MODE=embedded`); anywhere else the secret has to be given. */
  readonly embedded?: string;
  readonly minLength?: number;
}

const secrets = z.registry<SecretOptions>();

/** A secret of the environment, given directly or as the path of a file in `<NAME>_FILE`. */
export function secret(options: SecretOptions = {}) {
  return z
    .string()
    .min(options.minLength ?? 1)
    .transform((value) => new Secret(value))
    .register(secrets, options);
}

/** How `schema` was declared with `secret()`, seen through optional and the like. */
export function secretOptions(schema: z.core.$ZodType): SecretOptions | undefined {
  const own = secrets.get(schema as Parameters<typeof secrets.get>[0]);
  const inner = (schema._zod.def as { innerType?: z.core.$ZodType }).innerType;
  return own ?? (inner ? secretOptions(inner) : undefined);
}
