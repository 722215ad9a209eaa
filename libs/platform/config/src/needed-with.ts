import { z } from 'zod';

/** Under which choice an optional setting must be given: path of the other setting, and its value; any value without one. */
export interface Need {
  readonly path: readonly string[];
  readonly value?: string;
}

const needs = z.registry<Need>();

/** An optional setting that has to be there when another one is (so): `neededWith(z.url().optional(), ['storage'], 's3')`. */
export const neededWith = <S extends z.ZodType>(schema: S, path: readonly string[], value?: string): S => {
  needs.add(schema, { path, ...(value === undefined ? {} : { value }) });
  return schema;
};

export const needOf = (schema: z.ZodType): Need | undefined => needs.get(schema);
