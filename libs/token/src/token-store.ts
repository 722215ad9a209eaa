import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Certificate, signWith } from '@qlvb/x509';
import { describeSigning } from './describe-signing.ts';
import { NotSignedAttributes, TokenLocked, UnknownKey, WrongPin } from './token.problems.ts';

export interface TokenKey {
  readonly id: string;
  readonly label: string;
  /** Absent until the authority has certified the key. */
  readonly certificate?: Certificate;
}

interface KeyFile {
  readonly label: string;
  readonly publicKey: string;
  /** PKCS#8, encrypted under the PIN. */
  readonly privateKey: string;
  readonly certificate?: string;
  readonly wrongTries: number;
}

const MAX_TRIES = 5;
const ID = /^[0-9a-f-]{36}$/;

/**
 * Stand-in of a user's USB token: makes and keeps private keys in its own directory, encrypted under a PIN, and signs; a key
 * never leaves it. After five wrong PINs a key is locked for good.
 *
 * @source PR-01 the private key and the PIN are here and nowhere else
 */
export class TokenStore {
  readonly #directory: string;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.#directory = directory;
  }

  /** Makes an RSA 2048 key pair and gives out its public half, to be certified. */
  generate({ label, pin }: { readonly label: string; readonly pin: string }): { id: string; publicKey: KeyObject } {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const id = randomUUID();
    this.#write(id, {
      label,
      publicKey: publicKey.export({ format: 'pem', type: 'spki' }) as string,
      privateKey: privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: pin }) as string,
      wrongTries: 0,
    });
    return { id, publicKey };
  }

  /** Stores the certificate of a key. @throws UnknownKey when it certifies another key */
  attach(id: string, certificate: Certificate): void {
    const file = this.#read(id);
    if (!createPublicKey(file.publicKey).equals(certificate.publicKey)) throw UnknownKey({ id });
    this.#write(id, { ...file, certificate: certificate.pem });
  }

  list(): readonly TokenKey[] {
    const ids = readdirSync(this.#directory).filter((name) => name.endsWith('.json'));
    return ids
      .map((name) => name.slice(0, -'.json'.length))
      .map((id) => {
        const { label, certificate } = this.#read(id);
        return { id, label, ...(certificate && { certificate: Certificate.parsePem(certificate)[0] as Certificate }) };
      })
      .sort((a, b) => (a.label < b.label ? -1 : 1));
  }

  /**
   * Signs the attributes of a document signature made out for this key's certificate, and nothing else.
   *
   * @param signedAttributes SET OF attributes in DER, as the signing service prepared them
   * @throws UnknownKey, NotSignedAttributes, WrongPin, TokenLocked
   */
  sign(id: string, pin: string, signedAttributes: Uint8Array): Buffer {
    const file = this.#read(id);
    const [certificate] = Certificate.parsePem(file.certificate ?? '');
    if (!certificate) throw UnknownKey({ id });
    if (!describeSigning(signedAttributes).isFor(certificate)) throw NotSignedAttributes();
    return signWith(this.#unlock(id, file, pin), signedAttributes);
  }

  #unlock(id: string, file: KeyFile, pin: string): KeyObject {
    if (file.wrongTries >= MAX_TRIES) throw TokenLocked();
    // Counted before it is tried: a crash in between must not give a free try.
    this.#write(id, { ...file, wrongTries: file.wrongTries + 1 });
    let key: KeyObject;
    try {
      key = createPrivateKey({ key: file.privateKey, passphrase: pin });
    } catch {
      throw WrongPin({ left: MAX_TRIES - file.wrongTries - 1 });
    }
    this.#write(id, { ...file, wrongTries: 0 });
    return key;
  }

  #read(id: string): KeyFile {
    const path = join(this.#directory, `${id}.json`);
    if (!ID.test(id) || !existsSync(path)) throw UnknownKey({ id });
    return JSON.parse(readFileSync(path, 'utf8')) as KeyFile;
  }

  #write(id: string, file: KeyFile): void {
    const path = join(this.#directory, `${id}.json`);
    writeFileSync(`${path}.new`, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
}
