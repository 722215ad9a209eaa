import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Token {
  /** Signs what the platform prepared, with the key of a certificate. */
  sign(certificateId: string, signedAttributes: string, document: string): Promise<string>;
  /** Certificates on the token, by label. */
  certificates(): Promise<ReadonlyMap<string, { readonly id: string; readonly pem: string }>>;
  stop(): void;
}

/** Starts the token program: the keys stay in its process and folder, as they would in a USB token. */
export async function plugInToken(directory: string, pin: string): Promise<Token> {
  const program = join(import.meta.dirname, '..', '..', 'token', 'src', 'main.js');
  const child = spawn(process.execPath, [program, 'serve', '--directory', directory, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const origin = await new Promise<string>((done, fail) => {
    child.once('exit', () => fail(new Error('the token program ended')));
    child.stdout.on('data', (chunk: Buffer) => {
      const url = /token: (http:\/\/\S+)/.exec(chunk.toString())?.[1];
      if (url) done(url);
    });
  });
  return {
    sign: async (certificateId, signedAttributes, document) => {
      const response = await fetch(`${origin}/signatures`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ certificateId, signedAttributes, pin, document }),
      });
      const body = (await response.json()) as { signature?: string; code?: string };
      if (!body.signature) throw new Error(`token: ${body.code ?? response.status}`);
      return body.signature;
    },
    certificates: async () => {
      const list = (await (await fetch(`${origin}/certificates`)).json()) as {
        id: string;
        label: string;
        certificate: string;
      }[];
      return new Map(list.map(({ id, label, certificate }) => [label, { id, pem: pemOf(certificate) }]));
    },
    stop: () => void child.kill('SIGTERM'),
  };
}

const pemOf = (base64: string): string =>
  `-----BEGIN CERTIFICATE-----\n${(base64.match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;
