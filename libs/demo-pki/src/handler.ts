import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Certificate, malformedOcspRequest, rejectedTimeStamp } from '@qlvb/x509';
import type { DemoPki } from './demo-pki.ts';

const MAX_REQUEST_BYTES = 64 * 1024;

/** Answers OCSP (POST), time stamps (POST), takes certificates to revoke (POST, DER; for demonstrations), and hands out lists and authority certificates (GET). */
export function demoPkiHandler(pki: DemoPki): RequestListener {
  const files: Readonly<Record<string, () => readonly [type: string, body: Uint8Array]>> = {
    '/root.cer': () => ['application/pkix-cert', pki.root.certificate.raw],
    '/authority.cer': () => ['application/pkix-cert', pki.authority.certificate.raw],
    '/root.crl': () => ['application/pkix-crl', pki.crl('root').raw],
    '/authority.crl': () => ['application/pkix-crl', pki.crl('authority').raw],
    '/root.pem': () => ['application/x-pem-file', Buffer.from(pki.root.certificate.pem)],
  };
  const answers: Readonly<
    Record<string, readonly [type: string, answer: (body: Uint8Array) => Uint8Array, refuse: () => Uint8Array]>
  > = {
    '/ocsp': ['application/ocsp-response', (body) => pki.ocsp(body), malformedOcspRequest],
    '/revocations': [
      'application/pkix-crl',
      (body) => {
        pki.revoke(Certificate.parse(body));
        return pki.crl('authority').raw;
      },
      () => pki.crl('authority').raw,
    ],
    '/tsa': ['application/timestamp-reply', (body) => pki.timeStamp(body), rejectedTimeStamp],
  };
  return (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = files[path];
    const service = answers[path];
    if (file && request.method === 'GET') return send(response, 200, ...file());
    if (!service) return send(response, 404, 'text/plain', Buffer.from('not found\n'));
    if (request.method !== 'POST') return send(response, 405, 'text/plain', Buffer.from('POST only\n'));
    const [type, answer, refuse] = service;
    readBody(request)
      .then((body) => send(response, 200, type, body ? attempt(() => answer(body), refuse) : refuse()))
      .catch(() => response.destroy());
  };
}

/** What cannot be answered is answered with the protocol's own refusal. */
function attempt(answer: () => Uint8Array, refuse: () => Uint8Array): Uint8Array {
  try {
    return answer();
  } catch {
    return refuse();
  }
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MAX_REQUEST_BYTES) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, type: string, body: Uint8Array): void {
  response.writeHead(status, { 'content-type': type, 'content-length': body.length, 'cache-control': 'no-store' });
  response.end(body);
}
