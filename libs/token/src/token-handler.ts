import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { DomainError } from '@qlvb/shared-domain';
import { describeSigning } from './describe-signing.ts';
import { NotSignedAttributes } from './token.problems.ts';
import type { TokenStore } from './token-store.ts';

export interface TokenHandlerOptions {
  readonly store: TokenStore;
  /** Web origins that may talk to the token; programs that send no Origin may too. */
  readonly allowedOrigins: readonly string[];
  /** Shows the holder what is being signed. */
  readonly show: (line: string) => void;
}

const MAX_BODY_BYTES = 64 * 1024;
const STATUS = { 'not-found': 404, forbidden: 403, invalid: 400 } as const;

/**
 * The token's loopback interface: `GET /certificates`, `POST /signatures { certificateId, signedAttributes, pin, document }`.
 * A web page of another origin, or a name that was rebound to loopback, gets nothing.
 *
 * @source PR-33 every refusal has a code and a message of its own
 */
export function tokenHandler({ store, allowedOrigins, show }: TokenHandlerOptions): RequestListener {
  return (request, response) => {
    const origin = request.headers.origin;
    const isLoopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? '');
    if (!isLoopback || (origin !== undefined && !allowedOrigins.includes(origin)))
      return send(response, 403, { code: 'token.origin-refused' });
    if (origin) response.setHeader('access-control-allow-origin', origin);
    if (request.method === 'GET' && request.url === '/certificates') return send(response, 200, certificates(store));
    if (request.method !== 'POST' || request.url !== '/signatures')
      return send(response, 404, { code: 'token.no-such-route' });
    readJson(request)
      .then((body) => send(response, 200, sign(store, body, show)))
      .catch((error: unknown) => refuse(response, error));
  };
}

function certificates(store: TokenStore): readonly object[] {
  return store.list().flatMap(({ id, label, certificate }) =>
    certificate
      ? [
          {
            id,
            label,
            subject: certificate.subject.toString(),
            issuer: certificate.issuer.toString(),
            serial: certificate.serialHex,
            notBefore: certificate.notBefore.toISOString(),
            notAfter: certificate.notAfter.toISOString(),
            certificate: Buffer.from(certificate.raw).toString('base64'),
          },
        ]
      : [],
  );
}

function sign(store: TokenStore, body: unknown, show: (line: string) => void): object {
  const text = (key: string): string => {
    const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key] : undefined;
    if (typeof value !== 'string') throw NotSignedAttributes();
    return value;
  };
  const attributes = Buffer.from(text('signedAttributes'), 'base64');
  const [id, pin] = [text('certificateId'), text('pin')];
  show(`Ký văn bản "${text('document')}" · SHA-256 ${describeSigning(attributes).documentDigest} · khóa ${id}`);
  const signature = store.sign(id, pin, attributes);
  show('Ký số thành công');
  return { signature: signature.toString('base64') };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MAX_BODY_BYTES) throw NotSignedAttributes();
    chunks.push(chunk as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw NotSignedAttributes({}, { cause });
  }
}

function refuse(response: ServerResponse, error: unknown): void {
  if (!(error instanceof DomainError)) return send(response, 500, { code: 'token.internal' });
  const status = error.kind in STATUS ? STATUS[error.kind as keyof typeof STATUS] : 400;
  send(response, status, { code: error.code, detail: error.detail('vi') });
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}
