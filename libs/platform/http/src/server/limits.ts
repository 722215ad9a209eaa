/** Bounds of every request; a service overrides what it must. */
export interface HttpLimits {
  readonly headerBytes: number;
  readonly bodyBytes: number;
  readonly bodyDepth: number;
  /** Members and elements of a JSON body, all levels together. */
  readonly bodyValues: number;
  readonly queryParameters: number;
  readonly pathParameterLength: number;
  readonly connections: number;
  readonly headersTimeoutMs: number;
  /** A JSON body has to arrive within this time. */
  readonly bodyTimeoutMs: number;
  /** Longest silence inside an upload. */
  readonly uploadIdleMs: number;
  readonly uploadTimeoutMs: number;
  /** Time a handler may take; not for uploads, downloads and event streams. */
  readonly handlingTimeoutMs: number;
  readonly keepAliveMs: number;
  /** A connection on which nothing moves for so long is closed. */
  readonly silenceMs: number;
}

export const defaultLimits: HttpLimits = {
  headerBytes: 16 * 1024,
  bodyBytes: 1024 * 1024,
  bodyDepth: 32,
  bodyValues: 50_000,
  queryParameters: 50,
  pathParameterLength: 200,
  connections: 4_000,
  headersTimeoutMs: 10_000,
  bodyTimeoutMs: 15_000,
  uploadIdleMs: 30_000,
  uploadTimeoutMs: 3_600_000,
  handlingTimeoutMs: 30_000,
  keepAliveMs: 75_000,
  silenceMs: 120_000,
};
