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
  const path = operation.path.replace(/\{\w*Id\}/, () => ids.inPath(operation.path)).replace('{year}', '2026');
  const query = operation.parameters.filter(
    ({ in: place, name }) => place === 'query' && caller.unfiltered !== true && ids.member(name, operation.path),
  );
  const search = query.map(({ name }) => `${name}=${ids.member(name, operation.path)}`).join('&');
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
