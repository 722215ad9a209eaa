import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** Headers of one connection (RFC 9110 7.6.1), and what this gateway says by itself. */
const OF_ONE_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'expect',
  'host',
  'traceparent',
  'tracestate',
  'baggage',
  'x-request-id',
]);

/** What only proxies and services of ours may say: from outside it is worth nothing. @source DOM-21 */
const OURS =
  /^(?:forwarded|via|true-client-ip|cf-connecting-ip|x-(?:forwarded|real|client|cluster|original|rewrite|host|http-method|method|agency|user|unit|post|actor|permissions?|internal|tenant)(?:-.*)?)$/;

/** The headers that go on to the other side, of a request as of an answer. */
export function passedOn(given: IncomingHttpHeaders): [string, string | string[]][] {
  const named = new Set([given.connection ?? []].flat().flatMap((list) => list.toLowerCase().split(/[\s,]+/)));
  return Object.entries(given).filter(
    (entry): entry is [string, string | string[]] =>
      entry[1] !== undefined && !OF_ONE_CONNECTION.has(entry[0]) && !named.has(entry[0]) && !OURS.test(entry[0]),
  );
}

/** True when the request brings a body. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
