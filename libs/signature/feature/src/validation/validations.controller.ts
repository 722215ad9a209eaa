import { Controller, Inject } from '@nestjs/common';
import { IncomingDocumentArrived } from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { OnEvent } from '@qlvb/platform-bus';
import { instant, operation, Operation } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { FileTooLarge, FileUnreadable } from '@qlvb/platform-storage';
import { ValidationNotFound } from '@qlvb/signature-domain';
import type { TrustStore } from '@qlvb/x509';
import { z } from 'zod';
import { nameOf } from '../certificates/certificates.service.ts';
import { TRUST_STORE } from '../signature.settings.ts';
import { MAX_PDF_BYTES } from '../signing/preparation.ts';
import { ReportView, ValidationsService } from './validations.service.ts';

const validate = operation({
  id: 'validateSignatures',
  method: 'POST',
  path: '/validations',
  tag: 'validations',
  summary: { vi: 'Kiểm tra chữ ký số của một tệp PDF', en: 'Validate the signatures of a PDF' },
  permission: 'validations.create',
  idempotent: true,
  upload: { maxBytes: MAX_PDF_BYTES, mediaTypes: ['application/pdf', 'application/octet-stream'] },
  response: { status: 201, schema: ReportView },
  problems: [FileTooLarge, FileUnreadable],
});

const get = operation({
  id: 'getValidation',
  method: 'GET',
  path: '/validations/:validationId',
  tag: 'validations',
  summary: { vi: 'Báo cáo kiểm tra', en: 'A validation report' },
  permission: 'validations.create',
  params: z.object({ validationId: z.uuid() }),
  response: { status: 200, schema: ReportView },
  problems: [ValidationNotFound],
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
    return this.validations.validate(upload, actor);
  }

  @Operation(get)
  get({ params, actor }: Input<typeof get>) {
    return this.validations.get(params.validationId, actor);
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

@Controller()
export class ArrivalsConsumer {
  constructor(@Inject(ValidationsService) private readonly validations: ValidationsService) {}

  @OnEvent(IncomingDocumentArrived)
  onArrived(event: EventOf<typeof IncomingDocumentArrived>): Promise<void> {
    return this.validations.arrived(event.data);
  }
}
