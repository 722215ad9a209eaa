import type { IncomingMessage } from 'node:http';
import { newId } from '@qlvb/shared-domain';
import type { RequestContext } from '@qlvb/platform-context';
import { continueTrace, formatTraceparent } from '@qlvb/platform-observability';
import { preferredLanguage } from './language.ts';

/** The context of a request from its headers; ids that are not well-formed are replaced, never echoed. */
export function contextOf(request: IncomingMessage): RequestContext {
  const { headers } = request;
  const requestId = headers['x-request-id'];
  const traceparent = headers['traceparent'];
  return {
    requestId: typeof requestId === 'string' && /^[\w.-]{8,64}$/.test(requestId) ? requestId : newId(),
    traceparent: formatTraceparent(continueTrace(typeof traceparent === 'string' ? traceparent : undefined)),
    language: preferredLanguage(headers['accept-language']),
  };
}
