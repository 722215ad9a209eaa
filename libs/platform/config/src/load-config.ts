import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { needOf } from './needed-with.ts';
import { baseSchema, fromText } from './string-values.ts';
import { secretOptions } from './secret.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** sysexits(3) EX_CONFIG: a supervisor can tell a wrong setting from a crash. */
const EX_CONFIG = 78;

/** Every fault of the environment, in one message. */
export class ConfigurationError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`configuration: ${faults.length} fault(s)\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigurationError';
    this.faults = faults;
  }
}

type DeepReadonly<T> = T extends (infer I)[]
  ? readonly DeepReadonly<I>[]
  : T extends Record<string, unknown>
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

export type Config<S extends z.ZodObject> = DeepReadonly<z.output<S>>;

/** `httpPort` is read from `QLVB_HTTP_PORT`; nested objects join their names: `database.url` is `QLVB_DATABASE_URL`. */
export const variableName = (path: readonly string[]): string =>
  `QLVB_${path.map((part) => part.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()).join('_')}`;

/**
 * Reads a typed, frozen configuration from the environment.
 *
 * @throws ConfigurationError naming every variable at fault, never its value
 */
export function parseConfig<S extends z.ZodObject>(schema: S, environment: Environment): Config<S> {
  const faults: string[] = [];
  const raw = collect(schema, [], environment, faults);
  const result = schema.safeParse(raw, { reportInput: false });
  faults.push(...missingFor(schema, raw));
  const faulty = new Set(faults.map((fault) => fault.split(':')[0]));
  for (const issue of result.error?.issues ?? []) {
    const name = variableName(issue.path.filter((part) => typeof part === 'string'));
    if (faulty.has(name)) continue;
    const missing = issue.code === 'invalid_type' && lookUp(raw, issue.path) === undefined;
    faults.push(`${name}: ${missing ? 'is not set' : issue.message}`);
  }
  if (faults.length > 0 || !result.success) throw new ConfigurationError(faults);
  return freeze(result.data) as Config<S>;
}

/** `parseConfig` for a program's entry: prints all faults at once and ends the process with code 78. */
export function loadConfig<S extends z.ZodObject>(schema: S, environment: Environment = process.env): Config<S> {
  try {
    return parseConfig(schema, environment);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EX_CONFIG);
  }
}

function collect(
  schema: z.ZodObject,
  path: readonly string[],
  environment: Environment,
  faults: string[],
): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(schema.shape) as [string, z.ZodType][]) {
    const here = [...path, key];
    const base = baseSchema(field);
    if (base instanceof z.ZodObject) {
      raw[key] = collect(base, here, environment, faults);
      continue;
    }
    const text = readVariable(field, variableName(here), environment, faults);
    if (text !== undefined) raw[key] = fromText(field, text, /,/);
  }
  return raw;
}

/** What is not set and is needed with what is. */
function missingFor(schema: z.ZodObject, raw: Record<string, unknown>): string[] {
  const settings = fieldsOf(schema, []);
  const valueAt = (path: readonly string[]): unknown => {
    const field = settings.find(([at]) => at.join() === path.join())?.[1];
    return field?.safeParse(lookUp(raw, path)).data;
  };
  return settings.flatMap(([path, field]) => {
    const need = needOf(field);
    if (!need || lookUp(raw, path) !== undefined) return [];
    const other = valueAt(need.path);
    if (need.value === undefined ? other === undefined : other !== need.value) return [];
    const given = need.value === undefined ? '' : `=${need.value}`;
    return [`${variableName(path)}: is not set, and ${variableName(need.path)}${given} needs it`];
  });
}

const fieldsOf = (schema: z.ZodObject, path: readonly string[]): [readonly string[], z.ZodType][] =>
  (Object.entries(schema.shape) as [string, z.ZodType][]).flatMap(([key, field]) => {
    const base = baseSchema(field);
    return base instanceof z.ZodObject ? fieldsOf(base, [...path, key]) : [[[...path, key], field]];
  });

/** An empty variable counts as not set, as compose files and charts write it. */
function readVariable(field: z.ZodType, name: string, environment: Environment, faults: string[]): string | undefined {
  const given = environment[name] || undefined;
  const options = secretOptions(field);
  if (!options || given !== undefined) return given;
  const file = environment[`${name}_FILE`];
  if (file) {
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      faults.push(`${name}: cannot read ${name}_FILE (${(error as NodeJS.ErrnoException).code})`);
      return undefined;
    }
  }
  return environment.QLVB_MODE === 'embedded' ? options.embedded : undefined;
}

const lookUp = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown> | undefined)?.[part], value);

function freeze<T>(value: T): T {
  if (Array.isArray(value) || (typeof value === 'object' && value !== null && isPlain(value))) {
    for (const item of Object.values(value)) freeze(item);
    Object.freeze(value);
  }
  return value;
}

const isPlain = (value: object): boolean => Object.getPrototypeOf(value) === Object.prototype;
