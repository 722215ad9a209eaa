import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { tokenHandler, TokenStore } from '@qlvb/token';
import { Certificate } from '@qlvb/x509';

const USAGE = `Usage: token <command> --directory <folder>
  list                                    certificates on the token
  generate --label <text> --pin <pin>     new key; prints its id and public key
  attach   --id <id> --certificate <pem>  stores the certificate of a key
  sign     --id <id> --pin <pin> --attributes <base64>   prints the signature in base64
  serve    [--port 8987] [--origin <url>]…               loopback service for web pages and programs
The PIN may also stand in TOKEN_PIN.`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    directory: { type: 'string' },
    label: { type: 'string', default: '' },
    pin: { type: 'string', default: process.env['TOKEN_PIN'] ?? '' },
    id: { type: 'string', default: '' },
    certificate: { type: 'string', default: '' },
    attributes: { type: 'string', default: '' },
    port: { type: 'string', default: '8987' },
    origin: { type: 'string', multiple: true, default: [] },
  },
});

function run(store: TokenStore, command: string | undefined): void {
  if (command === 'list') {
    for (const { id, label, certificate } of store.list())
      console.log(`${id}\t${label}\t${certificate?.subject.toString() ?? '-'}`);
  } else if (command === 'generate') {
    const { id, publicKey } = store.generate({ label: values.label, pin: values.pin });
    console.log(`${id}\n${publicKey.export({ format: 'pem', type: 'spki' }) as string}`);
  } else if (command === 'attach') {
    const [certificate] = Certificate.parsePem(readFileSync(values.certificate, 'utf8'));
    if (!certificate) throw new Error('no certificate in the file');
    store.attach(values.id, certificate);
  } else if (command === 'sign') {
    console.log(store.sign(values.id, values.pin, Buffer.from(values.attributes, 'base64')).toString('base64'));
  } else if (command === 'serve') serve(store);
  else throw new Error(USAGE);
}

function serve(store: TokenStore): void {
  const handler = tokenHandler({ store, allowedOrigins: values.origin, show: (line) => console.log(line) });
  const server = createServer({ requestTimeout: 10_000 }, handler);
  server.listen(Number(values.port), '127.0.0.1', () => {
    const address = server.address();
    console.log(`token: http://127.0.0.1:${typeof address === 'object' && address ? address.port : values.port}`);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}

try {
  if (!values.directory) throw new Error(USAGE);
  run(new TokenStore(values.directory), positionals[0]);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
