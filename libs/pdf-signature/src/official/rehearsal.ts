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
import type { VerificationReport } from '../verification/report.ts';
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
  'earlier-signature-broken',
  'earlier-signature-breaks',
] as const;
export type SigningObstacle = (typeof SIGNING_OBSTACLES)[number];

/** Signatures that a file brings: whether every one of them is over the bytes as they were signed, or whether that cannot be told. */
export type EarlierSignatures = 'none' | 'intact' | 'unknown';

/** What stands in the way of signing; undefined when nothing does. Without an obstacle, what is known of earlier signatures. */
export type RehearsalOutcome =
  | { readonly obstacle: SigningObstacle }
  | { readonly obstacle?: undefined; readonly earlierSignatures: EarlierSignatures };

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
 * The agency's signature would cover a signature that the file brings, and so vouch for it: one that is shown to be false stands
 * in the way.
 *
 * @source PR-12
 * @source PR-22
 * @source NĐ30-A14-1
 */
export function rehearseSigning({ pdf, role, organisation, at }: RehearsalOrder): RehearsalOutcome {
  try {
    const document = read(pdf);
    if (readStructure(document).pageCount === 0) return { obstacle: 'no-page' };
    return new Rehearsal(organisation, at).sign(document, role);
  } catch (error) {
    const obstacle = UnsafeEmbedding.is(error)
      ? bearsSignature(pdf)
        ? 'earlier-signature-breaks'
        : 'damaged'
      : obstacleOf(error);
    if (!obstacle) throw error;
    return { obstacle };
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

  sign(document: PdfDocument, role: FileRole): RehearsalOutcome {
    const earlier = verifyPdfSignatures(document.bytes, this.#options);
    const { signatures } = earlier;
    if (signatures.some(({ indication }) => indication === 'FAILED')) return { obstacle: 'earlier-signature-broken' };
    if (role === 'attachment') {
      this.#embed(document, 'agency', attachmentSignature(document, LONG_NUMBER.documentCode, this.#at));
    } else {
      if (signatures.some(({ signerKind }) => signerKind === 'agency')) return { obstacle: 'sealed-already' };
      this.#signMain(document);
    }
    return { earlierSignatures: stateOf(earlier) };
  }

  #signMain(document: PdfDocument): void {
    const personal = personalSignature(document, PICTURE);
    const signed = read(this.#embed(document, 'person', personal));
    const seal = { picture: PICTURE, diameterMm: SEAL_MM };
    this.#embed(signed, 'agency', agencySignature(signed, personal.placement, seal, LONG_NUMBER));
  }

  #embed(document: PdfDocument, signer: Signer, signature: OfficialSignature): Uint8Array {
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

/** Signature dictionaries outside every field are findings about the file: nothing can be told of them. */
function stateOf({ signatures, findings }: VerificationReport): EarlierSignatures {
  if (signatures.length === 0 && findings.length === 0) return 'none';
  return findings.length === 0 && signatures.every(({ integrity }) => integrity === 'proven') ? 'intact' : 'unknown';
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
