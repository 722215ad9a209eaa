import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '@qlvb/platform-context';
import type { FaultPointer, InputFault } from '@qlvb/shared-domain';
import { readIfMatch } from '../operation/entity-tag.ts';
import { BodyTooLarge, BodyUnexpected, InputInvalid, MediaTypeUnsupported } from '../problems/http.problems.ts';
import { check } from './input-faults.ts';
import { parseJson } from './json-body.ts';
import type { HttpLimits } from '../server/limits.ts';
import { mayBeAbsent } from '../operation/operation.ts';
import type { AnyInput, OperationSpec } from '../operation/operation.ts';
import { readParams, readQuery } from './query-string.ts';
import { hasBody, readBody } from './request-body.ts';
import { strict } from './strict-schema.ts';
import { normaliseText } from './text-rules.ts';
import { mediaTypeOf, openUpload } from './upload.ts';

const nothing = z.object({});

/**
 * Reads and validates everything an operation declares; all faults of path, query and body are reported together.
 *
 * @throws the problems of `http.problems.ts`
 * @source SEC-I01
 */
export async function readInput(
  spec: OperationSpec,
  request: FastifyRequest,
  limits: HttpLimits,
  actor: Actor | undefined,
  signal: AbortSignal,
): Promise<AnyInput> {
  const faults: InputFault[] = [];
  const paramsSchema = strict(spec.params ?? nothing);
  const params = validated(paramsSchema, readParams(request.params as Record<string, string>, paramsSchema, faults));
  const querySchema = strict(spec.query ?? nothing);
  const query = validated(
    querySchema,
    readQuery(request.raw.url ?? '', querySchema, limits.queryParameters, faults),
    '/query',
  );
  const body = spec.upload ? undefined : await readJsonBody(spec, request, limits, faults);
  // RFC 9110 13.2.1: a condition is looked at after everything else that is wrong with a request.
  const ifMatch = spec.etag === 'requires' ? ifMatchOf(request, faults) : undefined;
  if (faults.length > 0) throw InputInvalid({ count: faults.length }, { faults });
  const upload =
    spec.upload &&
    openUpload(request.raw, spec.upload.mediaTypes, {
      maxBytes: spec.upload.maxBytes,
      idleMs: limits.uploadIdleMs,
      timeoutMs: limits.uploadTimeoutMs,
    });
  const lastEventId = request.headers['last-event-id'];
  return {
    params: params ?? {},
    query: query ?? {},
    body,
    actor,
    ifMatch,
    upload,
    client: { address: request.ip, userAgent: (request.headers['user-agent'] ?? '').slice(0, 300) },
    lastEventId: typeof lastEventId === 'string' ? lastEventId.slice(0, 200) : undefined,
    signal,
  };

  /** A value that already has a fault of text is not validated again: one fault is told once. */
  function validated(schema: z.ZodType, value: unknown, pointer: FaultPointer = '/path'): unknown {
    return faults.some((fault) => fault.pointer.startsWith(pointer))
      ? undefined
      : check(schema, value, pointer, faults);
  }
}

function ifMatchOf(request: FastifyRequest, faults: InputFault[]): number | undefined {
  if (faults.length > 0) return undefined;
  return readIfMatch(request.headers['if-match'], faults);
}

async function readJsonBody(
  spec: OperationSpec,
  request: FastifyRequest,
  limits: HttpLimits,
  faults: InputFault[],
): Promise<unknown> {
  if (!spec.body) return expectNoBody(request, limits);
  const present = hasBody(request.raw);
  // A body in chunks may turn out to be none, which needs no type.
  const isOther = present && !isJson(request);
  if (isOther && request.headers['content-type'] !== undefined)
    throw MediaTypeUnsupported({ accepted: 'application/json' });
  const bytes = present ? await readBody(request.raw, limits.bodyBytes, limits.bodyTimeoutMs) : Buffer.alloc(0);
  if (isOther && bytes.length > 0) throw MediaTypeUnsupported({ accepted: 'application/json' });
  const raw = bytes.length > 0 ? parseJson(bytes, limits) : mayBeAbsent(spec.body) ? {} : undefined;
  const before = faults.length;
  const clean = normaliseText(raw, '/body', faults, true);
  return faults.length > before ? undefined : check(strict(spec.body), clean, '/body', faults);
}

/** As people and programs write it; longer is taken for something else. */
const EMPTY_OBJECT = /^\s*\{\s*\}\s*$/;
const EMPTY_OBJECT_BYTES = 64;

/** No body and `{}` say the same: nothing. Anything else was meant to say something, and would be ignored. */
async function expectNoBody(request: FastifyRequest, limits: HttpLimits): Promise<undefined> {
  if (!hasBody(request.raw)) return undefined;
  const bytes = await readBody(request.raw, EMPTY_OBJECT_BYTES, limits.bodyTimeoutMs).catch((error: unknown) => {
    throw BodyTooLarge.is(error) ? BodyUnexpected({}, { cause: error }) : error;
  });
  if (bytes.length === 0 || (isJson(request) && EMPTY_OBJECT.test(bytes.toString('latin1')))) return undefined;
  throw BodyUnexpected();
}

function isJson(request: FastifyRequest): boolean {
  const charset = /;\s*charset\s*=\s*"?([\w-]+)"?/i.exec(request.headers['content-type'] ?? '')?.[1];
  return mediaTypeOf(request.raw) === 'application/json' && (!charset || charset.toLowerCase() === 'utf-8');
}
