import type { z } from 'zod';
import type { Access } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import type { Bilingual, ProblemFactory } from '@qlvb/shared-domain';
import { openSecrets } from '../input/secret-text.ts';
import type { Download } from '../answer/download.ts';
import type { ServerEvent } from '../answer/server-sent-events.ts';
import type { Upload } from '../input/upload.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation of the API: what is validated, documented and authorised, said once. */
export type OperationSpec = Access & {
  readonly method: Method;
  /** Below `/api/v1`, kebab-case, parameters as `:name`: `/outgoing-documents/:id/submit`. */
  readonly path: string;
  /** Stands before the path instead of `/api/v1`, for protocols that are not ours. */
  readonly prefix?: string;
  /** Name in the OpenAPI document, verb and noun: `acceptIncomingDocument`. */
  readonly id: string;
  readonly summary: string | Bilingual;
  readonly description?: string;
  readonly tag?: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** What the request says; absent it is `{}`, where that says enough. Without a schema the operation takes no body but `{}`. */
  readonly body?: z.ZodType;
  /** What a success looks like; without a schema the answer has no body. */
  readonly response?: { readonly status: number; readonly schema?: z.ZodType; readonly description?: string };
  /** The operation takes a mandatory Idempotency-Key and answers a repetition with the stored answer. */
  readonly idempotent?: true;
  /** `returns`: the answer's `version` becomes an ETag. `requires`: and the request must carry it in If-Match. */
  readonly etag?: 'returns' | 'requires';
  /** The answer is nobody's secret: a caller may keep it and asks with If-None-Match whether it still holds. */
  readonly cached?: true;
  /** Problems of this operation beside those that every operation has. */
  readonly problems?: readonly ProblemFactory[];
  /** The body is a file that streams to the handler. `*` in `mediaTypes` accepts any. */
  readonly upload?: { readonly maxBytes: number; readonly mediaTypes: readonly string[] };
  /** The handler returns a `Download`. */
  readonly download?: { readonly mediaTypes: readonly string[] };
  /** The handler returns an endless sequence of server-sent events; the schema describes their `data`. */
  readonly events?: z.ZodType;
  /** Other than the service's time limit for a handler. */
  readonly timeoutMs?: number;
};

/** Where a request comes from, for limits and the audit. */
export interface Client {
  /** The address that the nearest trusted proxy saw. */
  readonly address: string;
  readonly userAgent: string;
}

type Output<T> = T extends z.ZodType ? z.output<T> : undefined;

/** What the handler of an operation receives: everything validated. */
export interface Input<S extends OperationSpec> {
  readonly params: S extends { readonly params: infer P } ? Output<P> : Record<string, never>;
  readonly query: S extends { readonly query: infer Q } ? Output<Q> : Record<string, never>;
  readonly body: S extends { readonly body: infer B } ? Output<B> : undefined;
  readonly actor: S extends { readonly public: true } ? undefined : Actor;
  /** The version in If-Match; the write path compares it with the locked row. */
  readonly ifMatch: S extends { readonly etag: 'requires' } ? number : undefined;
  readonly upload: S extends { readonly upload: object } ? Upload : undefined;
  /** Last-Event-ID of a client that comes back to an event stream. */
  readonly lastEventId: string | undefined;
  readonly client: Client;
  /** Aborts when the caller goes away, time is up, or the service stops (event streams). */
  readonly signal: AbortSignal;
}

/** The input of any operation, where its declaration is known only at run time. */
export interface AnyInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly actor: Actor | undefined;
  readonly ifMatch: number | undefined;
  readonly upload: Upload | undefined;
  readonly lastEventId: string | undefined;
  readonly client: Client;
  readonly signal: AbortSignal;
}

/** What the handler of an operation returns. */
export type Result<S extends OperationSpec> = S extends { readonly download: object }
  ? Download
  : S extends { readonly events: infer E }
    ? AsyncIterable<ServerEvent<Output<E>>>
    : S extends { readonly response: { readonly schema: infer R } }
      ? R extends z.ZodType
        ? z.input<R>
        : never
      : void;

export const API_PREFIX = '/api/v1';

/** The success status: declared, else 200 with and 204 without a body. */
export const successStatus = (spec: OperationSpec): number =>
  spec.response?.status ?? (spec.download || spec.events ? 200 : 204);

export const fullPath = (spec: OperationSpec): string => `${spec.prefix ?? API_PREFIX}${spec.path}`;

const saysNothing = (body: z.ZodType): boolean => 'shape' in body && Object.keys(body.shape as object).length === 0;

/** Whether a request may leave the body away because it need not say anything. */
export const mayBeAbsent = (body: z.ZodType): boolean => body.safeParse({}).success;

/** Faults of a declaration that would only show when the route is called. */
export function checkSpec(spec: OperationSpec): void {
  const name = `${spec.method} ${spec.path}`;
  const refuse = (reason: string): never => {
    throw new Error(`operation ${name}: ${reason}`);
  };
  if (!/^(\/[a-z0-9.-]+|\/:[a-z][A-Za-z0-9]*)+$/.test(spec.path)) refuse('the path is not kebab-case');
  const named = [...spec.path.matchAll(/:(\w+)/g)].map((match) => match[1]).sort();
  const declared = Object.keys(spec.params?.shape ?? {}).sort();
  if (named.join() !== declared.join()) refuse(`path parameters ${named.join()} but declared ${declared.join()}`);
  if (!/^[a-z]+(?:[A-Z][a-z]+)+$/.test(spec.id)) refuse(`the name ${spec.id} is not made of verb and noun`);
  if (spec.cached && (spec.method !== 'GET' || spec.etag !== 'returns')) refuse('only a GET with an ETag is cached');
  if (spec.body && spec.upload) refuse('body and upload exclude each other');
  if (spec.body && (spec.method === 'GET' || spec.method === 'DELETE')) refuse('this method takes no body');
  if (spec.body && saysNothing(spec.body)) refuse('a body without members is none: leave it away');
  if ([spec.response?.schema, spec.download, spec.events].filter(Boolean).length > 1) refuse('more than one answer');
  if (successStatus(spec) === 204 && spec.response?.schema) refuse('204 has no body');
  if (spec.idempotent && spec.method === 'GET') refuse('GET needs no Idempotency-Key');
  if (spec.idempotent && spec.public) refuse('stored answers belong to a caller; a public operation has none');
  const secrets = spec.idempotent && spec.response?.schema ? openSecrets(spec.response.schema) : [];
  if (secrets.length > 0) refuse(`answers are stored: use secretText for ${secrets.join(', ')}`);
  if (spec.idempotent && (spec.download || spec.events)) refuse('a streamed answer cannot be replayed');
}
