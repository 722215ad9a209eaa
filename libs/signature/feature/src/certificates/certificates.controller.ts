import { Controller, Inject } from '@nestjs/common';
import { BadPicture } from '@qlvb/pdf-signature';
import { DutiesNotSeparate } from '@qlvb/platform-auth';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import {
  CertificateOfAnotherHolder,
  CertificateOfAnotherNumber,
  CertificateUnusable,
  CertificateWithoutNumber,
  HolderNotToldYet,
  RevocationUnknown,
} from '@qlvb/signature-domain';
import { CertificateInput, CertificateQuery, CertificateView } from './certificates.dto.ts';
import { CertificatesService } from './certificates.service.ts';

const register = operation({
  id: 'registerCertificate',
  method: 'POST',
  path: '/certificates',
  tag: 'certificates',
  summary: { vi: 'Đăng ký chứng thư chữ ký số', en: 'Register a certificate' },
  permission: 'certificates.register',
  idempotent: true,
  body: CertificateInput,
  response: { status: 201, schema: CertificateView },
  problems: [
    CertificateUnusable,
    CertificateOfAnotherHolder,
    CertificateOfAnotherNumber,
    CertificateWithoutNumber,
    HolderNotToldYet,
    RevocationUnknown,
    BadPicture,
    DutiesNotSeparate,
  ],
});

const list = operation({
  id: 'listCertificates',
  method: 'GET',
  path: '/certificates',
  tag: 'certificates',
  summary: { vi: 'Chứng thư của cơ quan', en: 'Certificates of the agency' },
  permission: 'certificates.read',
  query: CertificateQuery,
  response: { status: 200, schema: pageOf(CertificateView) },
});

@Controller()
export class CertificatesController {
  constructor(@Inject(CertificatesService) private readonly certificates: CertificatesService) {}

  @Operation(register)
  register({ body, actor }: Input<typeof register>) {
    return this.certificates.register(body, actor);
  }

  @Operation(list)
  list({ query }: Input<typeof list>) {
    return this.certificates.list(query);
  }
}
