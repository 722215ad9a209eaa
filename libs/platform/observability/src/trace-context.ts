import { randomBytes } from 'node:crypto';
import { currentContext } from '@qlvb/platform-context';

/** One span of a W3C trace (https://www.w3.org/TR/trace-context/). */
export interface TraceContext {
  /** 32 lower-case hex digits, the same through all services and events that one request causes. */
  readonly traceId: string;
  /** 16 lower-case hex digits. */
  readonly spanId: string;
  readonly sampled: boolean;
}

/** Reads a `traceparent`; undefined when it is not one (trace-context 3.2.2: an invalid header is ignored). */
export function parseTraceparent(text: string | undefined): TraceContext | undefined {
  const match = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(text ?? '');
  if (!match) return undefined;
  const [, version = '', traceId = '', spanId = '', flags = '', rest] = match;
  if (version === 'ff' || (version === '00' && rest !== undefined)) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (parseInt(flags, 16) & 1) === 1 };
}

export const formatTraceparent = (trace: TraceContext): string =>
  `00-${trace.traceId}-${trace.spanId}-${trace.sampled ? '01' : '00'}`;

/** A new span: of the caller's trace when the `traceparent` is valid, else of a new trace. */
export function continueTrace(traceparent?: string): TraceContext {
  const caller = parseTraceparent(traceparent);
  return {
    traceId: caller?.traceId ?? randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    sampled: caller?.sampled ?? true,
  };
}

/** The trace id inside a `traceparent`, for logs and problems. */
export const traceIdOf = (traceparent: string | undefined): string | undefined =>
  parseTraceparent(traceparent)?.traceId;

/** Headers that carry the current request's trace and id on to another service; empty outside a request. */
export function outgoingHeaders(): Record<string, string> {
  const context = currentContext();
  return context ? { traceparent: context.traceparent, 'x-request-id': context.requestId } : {};
}
