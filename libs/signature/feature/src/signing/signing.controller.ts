import { Controller, Inject } from '@nestjs/common';
import { EncryptedPdf, MalformedPdf, PdfTooComplex } from '@qlvb/pdf';
import {
  AnchorMissing,
  FieldNameTaken,
  FieldNotFillable,
  PlaceholderTooSmall,
  SignatureValueRejected,
  TextNotDrawable,
  UnsafeEmbedding,
} from '@qlvb/pdf-signature';
import { DutiesNotSeparate } from '@qlvb/platform-auth';
import { operation, Operation } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import {
  CertificateNotFound,
  CertificateOfAnotherHolder,
  CertificateOfAnotherNumber,
  CertificateWithoutNumber,
  HolderNotToldYet,
  CertificateUnusable,
  DocumentNotFound,
  NotSignable,
  NotTheClerk,
  NotTheSigner,
  PersonalSignatureInvalid,
  RevocationUnknown,
  SessionNotFound,
  SessionOver,
  SignatureValuesMissing,
} from '@qlvb/signature-domain';
import { FileBytesLost } from '@qlvb/platform-storage';
import { z } from 'zod';
import { SessionInput, SessionView, SignaturesInput } from './signing.dto.ts';
import { SigningService } from './signing.service.ts';

const tag = 'signing';
const params = z.object({ sessionId: z.uuid() });
const permission = ['signing.personal', 'signing.agency'] as const;
/** Asked when a session is opened and again when the values come: who signs what, and with which certificate. */
const ofTheDocument = [DocumentNotFound, NotSignable, NotTheSigner, NotTheClerk, DutiesNotSeparate, FileBytesLost];
const ofTheCertificate = [
  CertificateNotFound,
  CertificateOfAnotherHolder,
  CertificateOfAnotherNumber,
  CertificateWithoutNumber,
  HolderNotToldYet,
  CertificateUnusable,
  RevocationUnknown,
];

const open = operation({
  id: 'openSigningSession',
  method: 'POST',
  path: '/signing-sessions',
  tag,
  summary: { vi: 'Mở phiên ký, nhận dữ liệu cần ký', en: 'Open a signing session' },
  permission: [...permission],
  idempotent: true,
  body: SessionInput,
  response: { status: 201, schema: SessionView },
  problems: [
    ...ofTheDocument,
    ...ofTheCertificate,
    PersonalSignatureInvalid,
    MalformedPdf,
    PdfTooComplex,
    EncryptedPdf,
    AnchorMissing,
    FieldNameTaken,
    FieldNotFillable,
    TextNotDrawable,
    SessionOver,
  ],
});

const get = operation({
  id: 'getSigningSession',
  method: 'GET',
  path: '/signing-sessions/:sessionId',
  tag,
  summary: { vi: 'Một phiên ký', en: 'One signing session' },
  permission: [...permission],
  params,
  response: { status: 200, schema: SessionView },
  problems: [SessionNotFound],
});

const complete = operation({
  id: 'submitSignatures',
  method: 'POST',
  path: '/signing-sessions/:sessionId/signatures',
  tag,
  summary: { vi: 'Nộp giá trị chữ ký và hoàn thành', en: 'Hand in the signature values' },
  permission: [...permission],
  idempotent: true,
  params,
  body: SignaturesInput,
  response: { status: 201, schema: SessionView },
  problems: [
    SessionNotFound,
    SessionOver,
    SignatureValuesMissing,
    SignatureValueRejected,
    PlaceholderTooSmall,
    UnsafeEmbedding,
    ...ofTheDocument,
    ...ofTheCertificate,
  ],
});

@Controller()
export class SigningController {
  constructor(@Inject(SigningService) private readonly signing: SigningService) {}

  @Operation(open)
  open({ body, actor }: Input<typeof open>) {
    return this.signing.open(body, actor);
  }

  @Operation(get)
  get({ params, actor }: Input<typeof get>) {
    return this.signing.get(params.sessionId, actor);
  }

  @Operation(complete)
  complete({ params, body, actor }: Input<typeof complete>) {
    return this.signing.complete(params.sessionId, body, actor);
  }
}
