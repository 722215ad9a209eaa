import type { KeyObject } from 'node:crypto';
import { DemoPki, drawDemoSeal, drawDemoSignature } from '@qlvb/demo-pki';
import type { AgencyRequest, IssueOptions, PersonRequest } from '@qlvb/demo-pki';
import { signWith } from '@qlvb/x509';
import type { Certificate } from '@qlvb/x509';
import { PdfDocument } from '@qlvb/pdf';
import { agencyPlacement, findSignatureAnchor, personalPlacement } from '../appearance/placement.ts';
import type { Placement } from '../appearance/placement.ts';
import { decodePng } from '../appearance/png.ts';
import { completePdfSignature } from '../signing/complete.ts';
import { preparePdfSignature } from '../signing/prepare.ts';
import type { PdfSignatureRequest } from '../signing/prepare.ts';

/** The moment the samples are signed at. */
export const SIGNED_AT = new Date('2026-11-23T02:00:00Z');

export interface Holder {
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
}

/** A demo authority in memory with one person and one agency. */
export interface SampleWorld {
  readonly pki: DemoPki;
  readonly person: Holder;
  readonly agency: Holder;
  readonly holder: (request: PersonRequest | AgencyRequest, options?: IssueOptions) => Holder;
}

export const PERSON: PersonRequest = {
  kind: 'person',
  name: 'Nguyễn Thị Hương',
  title: 'Giám đốc',
  organization: 'Sở Thông tin và Truyền thông',
  cccd: '099180001234',
};
export const AGENCY: AgencyRequest = { kind: 'agency', organization: 'Sở Thông tin và Truyền thông', code: 'H46.12' };

export function sampleWorld(now: () => Date = () => SIGNED_AT): SampleWorld {
  const pki = new DemoPki({ baseUrl: 'http://127.0.0.1:1', now });
  const holder = (request: PersonRequest | AgencyRequest, options?: IssueOptions): Holder =>
    pki.issue(request, options) as Holder;
  return { pki, person: holder(PERSON), agency: holder(AGENCY), holder };
}

export interface SigningOptions extends Partial<Omit<PdfSignatureRequest, 'document' | 'certificate'>> {
  readonly stamped?: boolean;
}

const EVERYWHERE: Placement = { pageIndex: 0, rectangle: [300, 200, 400, 250] };

/** Both steps with a key at hand. */
export function sign(
  world: SampleWorld,
  pdf: Uint8Array,
  by: Holder,
  { stamped = true, ...options }: SigningOptions = {},
): Uint8Array {
  const prepared = preparePdfSignature({
    fieldName: 'ChuKy',
    placement: EVERYWHERE,
    appearance: { kind: 'invisible' },
    chain: world.pki.chain,
    signingTime: SIGNED_AT,
    ...options,
    document: new PdfDocument(pdf),
    certificate: by.certificate,
  });
  const signatureValue = signWith(by.privateKey, prepared.signedAttributes);
  return completePdfSignature({
    prepared,
    signatureValue,
    ...(stamped && { timeStampToken: world.pki.stamp(signatureValue) }),
  });
}

const NOWHERE: Placement = { pageIndex: 0, rectangle: [0, 0, 0, 0] };

/** A person and then the agency, neither of them to be seen, so that no page is too small. */
export function signTwice(world: SampleWorld, pdf: Uint8Array, options: SigningOptions = {}): Uint8Array {
  const once = sign(world, pdf, world.person, { fieldName: 'ChuKy1', placement: NOWHERE, ...options });
  return sign(world, once, world.agency, { fieldName: 'ChuKy2', placement: NOWHERE, ...options });
}

/** The competent person's signature with its picture, at the place the layout left. */
export function signAsPerson(world: SampleWorld, pdf: Uint8Array, options: SigningOptions = {}): Uint8Array {
  const picture = decodePng(drawDemoSignature(PERSON.name));
  const placement = personalPlacement(findSignatureAnchor(new PdfDocument(pdf)), picture.width / picture.height);
  return sign(world, pdf, world.person, {
    fieldName: 'ChuKyCaNhan',
    placement,
    appearance: { kind: 'picture', picture },
    signerName: PERSON.name,
    location: 'Quảng Bình',
    ...options,
  });
}

/** The agency's signature with seal, number and date. */
export function signAsAgency(world: SampleWorld, pdf: Uint8Array, options: SigningOptions = {}): Uint8Array {
  const signature = decodePng(drawDemoSignature(PERSON.name));
  const personal = personalPlacement(findSignatureAnchor(new PdfDocument(pdf)), signature.width / signature.height);
  return sign(world, pdf, world.agency, {
    fieldName: 'ChuKyCoQuan',
    placement: agencyPlacement(personal, 36),
    appearance: { kind: 'picture', picture: decodePng(drawDemoSeal(AGENCY.organization)) },
    fill: { SoVanBan: '12/QĐ-STTTT', NgayBanHanh: 'ngày 23 tháng 11 năm 2026' },
    lock: 'all',
    ...options,
  });
}
