import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Certificate } from '@qlvb/x509';
import type { Issuer } from '@qlvb/x509';

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export function newRsaKey(modulusLength = 2048): KeyPair {
  return generateKeyPairSync('rsa', { modulusLength });
}

/** What the authority remembers about a certificate it issued. */
export interface IssuedRecord {
  readonly serial: string;
  readonly subject: string;
  readonly notAfter: string;
  readonly revoked?: { readonly at: string; readonly reason: number };
}

export interface AuthorityState {
  readonly issued: readonly IssuedRecord[];
  readonly crlNumber: number;
  readonly timeStampSerial: number;
}

/**
 * Files of the authority: certificates, keys that only their owner may read, and what was issued. Without a directory
 * everything is kept in memory, for tests.
 */
export class AuthorityStore {
  readonly #directory: string | undefined;
  #state: AuthorityState | undefined;

  constructor(directory?: string) {
    if (directory) mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.#directory = directory;
  }

  /** Loads `<name>.crt` and `<name>.key`, or makes them once. */
  identity(name: string, make: () => Issuer): Issuer {
    if (!this.#directory) return make();
    const [certificate, key] = [join(this.#directory, `${name}.crt`), join(this.#directory, `${name}.key`)];
    if (existsSync(certificate) && existsSync(key)) {
      const privateKey = createPrivateKey(readFileSync(key));
      return { certificate: Certificate.parsePem(readFileSync(certificate, 'utf8'))[0] as Certificate, privateKey };
    }
    const made = make();
    this.#write(`${name}.key`, made.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string);
    this.#write(`${name}.crt`, made.certificate.pem);
    return made;
  }

  get state(): AuthorityState {
    const path = this.#directory && join(this.#directory, 'issued.json');
    if (!this.#state && path && existsSync(path))
      this.#state = JSON.parse(readFileSync(path, 'utf8')) as AuthorityState;
    return (this.#state ??= { issued: [], crlNumber: 0, timeStampSerial: 0 });
  }

  save(state: AuthorityState): void {
    this.#state = state;
    this.#write('issued.json', `${JSON.stringify(state, null, 2)}\n`);
  }

  /** Written beside and renamed, so that a crash leaves the old file or the new one. */
  #write(name: string, content: string): void {
    if (!this.#directory) return;
    const path = join(this.#directory, name);
    writeFileSync(`${path}.new`, content, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
}
