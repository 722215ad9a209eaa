import { Controller, Inject } from '@nestjs/common';
import { instant, operation, Operation } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { JobNotYours, JobOver, TooManyJobs } from '@qlvb/platform-jobs';
import { FileEmpty, FileTooLarge, FileUnreadable } from '@qlvb/platform-storage';
import { ValidationNotFound } from '@qlvb/signature-domain';
import type { TrustStore } from '@qlvb/x509';
import { z } from 'zod';
import { nameOf } from '../certificates/certificate-subject.ts';
import { TRUST_STORE } from '../signature.settings.ts';
import { MAX_PDF_BYTES } from '../signing/preparation.ts';
import { ValidationView } from './validation.view.ts';
import { ValidationsService } from './validations.service.ts';

const validate = operation({
  id: 'validateSignatures',
  method: 'POST',
  path: '/validations',
  tag: 'validations',
  summary: { vi: 'Yêu cầu kiểm tra chữ ký số của một tệp PDF', en: 'Have the signatures of a PDF validated' },
  permission: 'validations.create',
  idempotent: true,
  upload: { maxBytes: MAX_PDF_BYTES, mediaTypes: ['application/pdf', 'application/octet-stream'] },
  response: { status: 202, schema: ValidationView },
  problems: [FileEmpty, FileTooLarge, FileUnreadable, TooManyJobs],
});

const get = operation({
  id: 'getValidation',
  method: 'GET',
  path: '/validations/:validationId',
  tag: 'validations',
  summary: { vi: 'Báo cáo kiểm tra', en: 'A validation with its report' },
  permission: 'validations.create',
  params: z.object({ validationId: z.uuid() }),
  response: { status: 200, schema: ValidationView },
  problems: [ValidationNotFound],
});

const cancel = operation({
  id: 'cancelValidation',
  method: 'POST',
  path: '/validations/:validationId/cancellations',
  tag: 'validations',
  summary: { vi: 'Dừng kiểm tra chữ ký số', en: 'Stop a validation' },
  permission: 'validations.create',
  idempotent: true,
  params: z.object({ validationId: z.uuid() }),
  response: { status: 201, schema: ValidationView },
  problems: [ValidationNotFound, JobNotYours, JobOver],
});

const Anchor = z
  .object({ subject: z.string(), fingerprint: z.string(), endsAt: instant() })
  .meta({ id: 'TrustAnchor' });

const anchors = operation({
  id: 'listTrustAnchors',
  method: 'GET',
  path: '/trust-anchors',
  tag: 'validations',
  summary: { vi: 'Tổ chức chứng thực được tin cậy', en: 'Authorities that are trusted' },
  permission: 'validations.create',
  response: { status: 200, schema: z.object({ items: z.array(Anchor) }) },
});

@Controller()
export class ValidationsController {
  constructor(
    @Inject(ValidationsService) private readonly validations: ValidationsService,
    @Inject(TRUST_STORE) private readonly trust: TrustStore,
  ) {}

  @Operation(validate)
  validate({ upload, actor }: Input<typeof validate>) {
    return this.validations.request(upload, actor);
  }

  @Operation(get)
  get({ params, actor }: Input<typeof get>) {
    return this.validations.get(params.validationId, actor);
  }

  @Operation(cancel)
  cancel({ params, actor }: Input<typeof cancel>) {
    return this.validations.cancel(params.validationId, actor);
  }

  /** @source VN-34 */
  @Operation(anchors)
  anchors(_input: Input<typeof anchors>) {
    return {
      items: this.trust.anchors.map((anchor) => ({
        subject: nameOf(anchor),
        fingerprint: anchor.fingerprint,
        endsAt: anchor.notAfter,
      })),
    };
  }
}
