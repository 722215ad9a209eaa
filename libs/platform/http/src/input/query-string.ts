import type { z } from 'zod';
import { baseSchema, fromText } from '@qlvb/platform-config';
import type { FaultPointer, InputFault } from '@qlvb/shared-domain';
import { normaliseText, pointerTo } from './text-rules.ts';

const TOO_MANY = { vi: 'Quá nhiều tham số.', en: 'Too many parameters.' };
const WRONG_ENCODING = { vi: 'Mã hóa phần trăm sai.', en: 'Wrong percent-encoding.' };
const REPEATED = { vi: 'Tham số xuất hiện nhiều lần.', en: 'The parameter is given more than once.' };

/** Reads the query of `url` into the shape of `schema`: text to numbers and so on, lists from repeated names. */
export function readQuery(
  url: string,
  schema: z.ZodObject,
  maxParameters: number,
  faults: InputFault[],
): Record<string, unknown> {
  const start = url.indexOf('?');
  const query = start < 0 ? '' : url.slice(start + 1).split('#')[0];
  const found = new Map<string, string[]>();
  const pairs = query ? query.split('&').filter(Boolean) : [];
  if (pairs.length > maxParameters) faults.push({ pointer: '/query', code: 'too-many', detail: TOO_MANY });
  for (const pair of pairs.slice(0, maxParameters)) {
    const split = pair.indexOf('=');
    const name = decode(split < 0 ? pair : pair.slice(0, split));
    const value = decode(split < 0 ? '' : pair.slice(split + 1));
    if (name === undefined || value === undefined) {
      faults.push({ pointer: '/query', code: 'wrong-encoding', detail: WRONG_ENCODING });
      continue;
    }
    found.set(name, [...(found.get(name) ?? []), value]);
  }
  return fromTexts(schema, found, '/query', faults);
}

/** Path parameters, which the router has decoded already. */
export function readParams(
  params: Readonly<Record<string, string>>,
  schema: z.ZodObject,
  faults: InputFault[],
): Record<string, unknown> {
  return fromTexts(schema, new Map(Object.entries(params).map(([key, value]) => [key, [value]])), '/path', faults);
}

function fromTexts(
  schema: z.ZodObject,
  found: ReadonlyMap<string, string[]>,
  base: FaultPointer,
  faults: InputFault[],
): Record<string, unknown> {
  const entries = [...found].map(([name, values]): [string, unknown] => {
    const pointer = pointerTo(base, name);
    const clean = normaliseText(values, pointer, faults, false) as string[];
    const field = Object.hasOwn(schema.shape, name) ? (schema.shape[name] as z.ZodType) : undefined;
    if (field && baseSchema(field)._zod.def.type === 'array') return [name, fromText(field, clean)];
    if (clean.length > 1) faults.push({ pointer, code: 'repeated', detail: REPEATED });
    return [name, field ? fromText(field, clean[0]) : clean[0]];
  });
  return Object.fromEntries(entries);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
