import { AsyncLocalStorage } from 'node:async_hooks';

/** Who acts: an account in one post of one agency. Never holds a citizen number. */
export interface Actor {
  readonly userId: string;
  readonly agencyId: string;
  readonly unitId?: string;
  readonly postId?: string;
  readonly permissions: readonly string[];
  readonly permissionVersion: number;
  /** The session the token was given for. */
  readonly sessionId?: string;
}

/** The answer that a command stores inside its own transaction and that the HTTP edge sends to the byte. */
export interface StoredResponse {
  readonly status: number;
  readonly body: string;
  /** What is stored in its place where the body holds a secret: a repetition does not get that again. */
  readonly kept?: string;
  readonly etag?: string;
}

/** What a request with an Idempotency-Key carries down to the command's transaction, and what comes back up. */
export interface IdempotencyContext {
  readonly key: string;
  /**
   * SHA-256 over method, route, caller and body: the same key with another fingerprint is another request. Asked by the
   * command, when an upload has been read.
   */
  readonly fingerprint: () => string;
  /** Turns the command's result into the exact answer; set by the HTTP edge from the operation's declaration. */
  readonly serialise: (result: unknown) => StoredResponse;
  /** Set by the command once stored or found. */
  answer?: StoredResponse & { readonly replayed: boolean };
}

export interface RequestContext {
  readonly requestId: string;
  /** W3C `traceparent` of the current span. */
  readonly traceparent: string;
  readonly language: 'vi' | 'en';
  actor?: Actor;
  /** The agency whose rows the database shows; the actor's, or the event's. */
  agencyId?: string;
  idempotency?: IdempotencyContext;
}

const storage = new AsyncLocalStorage<RequestContext>();

export const runInContext = <T>(context: RequestContext, work: () => T): T => storage.run(context, work);

export const currentContext = (): RequestContext | undefined => storage.getStore();
