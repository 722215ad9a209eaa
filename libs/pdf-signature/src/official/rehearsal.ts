import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { issueCertificate, OID, signWith } from '@qlvb/x509';
import type { Certificate, Issuer } from '@qlvb/x509';
import {
  Budget,
  DEFAULT_LIMITS,
  EncryptedPdf,
  formFields,
  MalformedPdf,
  readStructure,
  PdfDocument,
  PdfTooComplex,
} from '@qlvb/pdf';
import type { Picture } from '../appearance/png.ts';
import { AnchorMissing, FieldNotFillable, UnsafeEmbedding } from '../pdf-signature.problems.ts';
import { completePdfSignature } from '../signing/complete.ts';
import { preparePdfSignature } from '../signing/prepare.ts';
import { assertSafeEmbedding } from '../signing/self-check.ts';
import { verifyPdfSignatures } from '../verification/verify.ts';
import type { VerificationOptions } from '../verification/verify.ts';
import { agencySignature, attachmentSignature, personalSignature } from './official-signatures.ts';
import type { OfficialSignature } from './official-signatures.ts';

export type FileRole = 'main' | 'attachment';

/** Why a file could not be signed or sealed later. */
export const SIGNING_OBSTACLES = [
  'damaged',
  'encrypted',
  'no-page',
  'too-complex',
  'number-field-missing',
  'signature-place-missing',
  'sealed-already',
  'earlier-signature-breaks',
] as const;
export type SigningObstacle = (typeof SIGNING_OBSTACLES)[number];

export interface RehearsalOrder {
  readonly pdf: Uint8Array;
  readonly role: FileRole;
  /** Name of the agency whose people and seal will sign: initials on the file are theirs. */
  readonly organisation: string;
  readonly at: Date;
}

/** Half of what the signing itself has for one reading: what passes here passes on a busier machine too. */
const LIMITS = { ...DEFAULT_LIMITS, milliseconds: 5_000 };
const DAY_MS = 24 * 60 * 60 * 1000;
const LONG_NUMBER = { documentCode: '1234/QĐ-UBND-VPCP', dateInWords: 'ngày 30 tháng 11 năm 2026' };
const SEAL_MM = 36;
const PICTURE: Picture = {
  width: 30,
  height: 10,
  rgb: new Uint8Array(900),
  alpha: new Uint8Array(300),
  hasAlphaChannel: true,
};

/**
 * Signs a copy of the file with keys that nobody keeps, in every way it will be signed later, and looks at the outcome as the
 * signing itself does: what cannot be signed, numbered and sealed is known while it can still be changed.
 *
 * @returns what stands in the way; undefined when nothing does
 * @source PR-12
 * @source PR-22
 */
export function rehearseSigning({ pdf, role, organisation, at }: RehearsalOrder): SigningObstacle | undefined {
  try {
    const document = read(pdf);
    if (readStructure(document).pageCount === 0) return 'no-page';
    const rehearsal = new Rehearsal(organisation, at);
    if (role === 'attachment') {
      rehearsal.sign(document, 'agency', attachmentSignature(document, LONG_NUMBER.documentCode, at));
      return undefined;
    }
    return rehearsal.signMain(document);
  } catch (error) {
    if (UnsafeEmbedding.is(error)) return bearsSignature(pdf) ? 'earlier-signature-breaks' : 'damaged';
    const obstacle = obstacleOf(error);
    if (!obstacle) throw error;
    return obstacle;
  }
}

const bearsSignature = (pdf: Uint8Array): boolean =>
  formFields(read(pdf)).some(({ type, value }) => type === 'Sig' && value !== null);

const read = (pdf: Uint8Array): PdfDocument => new PdfDocument(pdf, new Budget(LIMITS));

function obstacleOf(error: unknown): SigningObstacle | undefined {
  if (MalformedPdf.is(error)) return 'damaged';
  if (EncryptedPdf.is(error)) return 'encrypted';
  if (PdfTooComplex.is(error)) return 'too-complex';
  if (FieldNotFillable.is(error)) return 'number-field-missing';
  return AnchorMissing.is(error) ? 'signature-place-missing' : undefined;
}

type Signer = 'person' | 'agency';

class Rehearsal {
  readonly #at: Date;
  readonly #root: Issuer;
  readonly #signers: Readonly<Record<Signer, Issuer>>;
  readonly #options: VerificationOptions;

  constructor(organisation: string, at: Date) {
    this.#at = at;
    this.#root = issued([[OID.commonName, 'Rehearsal']], at);
    const of = (...subject: readonly (readonly [string, string])[]): Issuer =>
      issued([[OID.organizationName, organisation], ...subject], at, this.#root);
    this.#signers = {
      person: of([OID.commonName, 'Signer'], [OID.userId, 'CCCD:000000000000']),
      agency: of([OID.commonName, organisation], [OID.userId, 'MDD:000']),
    };
    this.#options = {
      trust: { anchors: [this.#root.certificate] },
      at,
      limits: LIMITS,
      policy: { revocation: 'ignore' },
    };
  }

  signMain(document: PdfDocument): SigningObstacle | undefined {
    const { signatures } = verifyPdfSignatures(document.bytes, this.#options);
    if (signatures.some(({ signerKind }) => signerKind === 'agency')) return 'sealed-already';
    const personal = personalSignature(document, PICTURE);
    const signed = read(this.sign(document, 'person', personal));
    const seal = { picture: PICTURE, diameterMm: SEAL_MM };
    this.sign(signed, 'agency', agencySignature(signed, personal.placement, seal, LONG_NUMBER));
    return undefined;
  }

  sign(document: PdfDocument, signer: Signer, signature: OfficialSignature): Uint8Array {
    const { certificate, privateKey } = this.#signers[signer];
    const chain = [this.#root.certificate];
    const prepared = preparePdfSignature({ document, certificate, chain, signingTime: this.#at, ...signature });
    const signatureValue = signWith(privateKey, prepared.signedAttributes);
    const after = completePdfSignature({ prepared, signatureValue });
    // Signed, it may be larger than what anybody reads.
    read(after);
    const { fieldName } = signature;
    assertSafeEmbedding({ before: document.bytes, after, fieldName, level: 'B-B', options: this.#options });
    return after;
  }
}

function issued(
  subject: readonly (readonly [string, string])[],
  at: Date,
  issuer?: Issuer,
): { certificate: Certificate; privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const validity = { notBefore: new Date(at.getTime() - DAY_MS), notAfter: new Date(at.getTime() + DAY_MS) };
  const request = issuer
    ? ({ keyUsages: ['digitalSignature', 'nonRepudiation'] } as const)
    : ({ keyUsages: ['keyCertSign', 'cRLSign'], ca: { pathLength: 0 } } as const);
  const certificate = issueCertificate({ subject, publicKey, ...validity, ...request }, issuer ?? { privateKey });
  return { certificate, privateKey };
}
