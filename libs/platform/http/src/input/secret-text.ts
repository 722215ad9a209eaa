import { z } from 'zod';

const SECRETS = new WeakSet<z.ZodType>();

/**
 * A text that only the one who asked may ever see, and only once: an answer that is kept for a repetition of the request is
 * kept without it. Further methods of zod make another schema, which is no secret.
 */
export function secretText(description: string): z.ZodNullable<z.ZodString> {
  const schema = z
    .string()
    .nullable()
    .describe(`${description}; null when the request is repeated with the same Idempotency-Key`);
  SECRETS.add(schema);
  return schema;
}

/** What may be kept of an answer. @param answer what fits the schema */
export function withoutSecrets(schema: z.ZodType, answer: unknown): unknown {
  if (SECRETS.has(schema)) return null;
  if (answer === null || answer === undefined) return answer;
  if (schema instanceof z.ZodArray && Array.isArray(answer)) {
    return answer.map((item) => withoutSecrets(schema.element as z.ZodType, item));
  }
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Record<string, z.ZodType>;
    const members = Object.entries(answer as Record<string, unknown>);
    return Object.fromEntries(
      members.map(([name, value]) => [name, shape[name] ? withoutSecrets(shape[name], value) : value]),
    );
  }
  const inner = innerOf(schema, answer);
  return inner ? withoutSecrets(inner, answer) : answer;
}

/** Members by whose names something secret must be expected and that are not marked as secret. */
export function openSecrets(schema: z.ZodType, path = ''): string[] {
  if (SECRETS.has(schema)) return [];
  if (schema instanceof z.ZodArray) return openSecrets(schema.element as z.ZodType, path);
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, member]) => {
      const open = /password|secret|token$|^pin$/i.test(name) && !SECRETS.has(member);
      return open ? [`${path}/${name}`] : openSecrets(member, `${path}/${name}`);
    });
  }
  return optionsOf(schema).flatMap((option) => openSecrets(option, path));
}

const innerOf = (schema: z.ZodType, answer: unknown): z.ZodType | undefined => {
  const options = optionsOf(schema);
  return options.length === 1 ? options[0] : options.find((option) => option.safeParse(answer).success);
};

function optionsOf(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return [schema.unwrap() as z.ZodType];
  }
  return schema instanceof z.ZodUnion ? (schema.options as z.ZodType[]) : [];
}
