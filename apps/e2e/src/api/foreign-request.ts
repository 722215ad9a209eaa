import { randomUUID } from 'node:crypto';
import { schemas } from './description.ts';
import type { ApiOperation } from './description.ts';
import type { ForeignIds } from './foreign-ids.ts';
import { resolver, sample } from './json-sample.ts';
import type { ApiRequest } from './people.ts';

export const resolve = resolver(schemas);

/** The path names a thing by its id. */
export const hasId = ({ path }: ApiOperation): boolean => /\{\w*Id\}/.test(path);

/** A lawful request of an operation that names things of another agency wherever it can name any. */
export function foreignRequest(
  operation: ApiOperation,
  ids: ForeignIds,
  caller: { readonly host: string; readonly authorization: string; readonly unfiltered?: boolean },
): ApiRequest {
  const path = operation.path
    .replace(/\{\w*Id\}/, () => ids.inPath(operation.path))
    .replace('{reportId}', () => ids.report)
    .replace('{year}', '2026')
    .replace('{name}', 'roles');
  const search = operation.parameters
    .filter(({ in: place }) => place === 'query')
    .flatMap(({ name, required, schema }) => {
      const id = ids.member(name, operation.path);
      if (id !== undefined && caller.unfiltered !== true) return [`${name}=${id}`];
      return required === true ? [`${name}=${String(sample(schema, resolve, () => undefined))}`] : [];
    })
    .join('&');
  const body = operation.body && sample(operation.body, resolve, (name) => ids.member(name, operation.path));
  return {
    method: operation.method,
    path: `${path}${search === '' ? '' : `?${search}`}`,
    host: caller.host,
    headers: {
      authorization: caller.authorization,
      'idempotency-key': `isolation-${randomUUID()}`,
      'if-match': '"1"',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}
