import { PERSONAL_SIGNATURE_REASONS } from '@qlvb/contracts';
import type { Label } from '@qlvb/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { FINDINGS, PERSONAL_FIELD } from '@qlvb/pdf-signature';
import { Database } from '@qlvb/platform-database';
import { StoredBytes } from '@qlvb/platform-storage';
import { PersonalSignatureInvalid, RevocationUnknown } from '@qlvb/signature-domain';
import { CertificatesService } from '../certificates/certificates.service.ts';
import { CertificateEntity } from '../entities.ts';
import type { SignableDocument } from '../entities.ts';
import { PdfValidator } from '../validation/pdf-validator.ts';
import { MAX_PDF_BYTES } from './preparation.ts';

/** Looks into the file itself whether the competent person signed it; that an event said so is not enough. */
@Injectable()
export class PersonalSignature {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(StoredBytes) private readonly bytes: StoredBytes,
    @Inject(CertificatesService) private readonly certificates: CertificatesService,
    @Inject(PdfValidator) private readonly validator: PdfValidator,
  ) {}

  /**
   * @throws FileBytesLost, PersonalSignatureInvalid, CertificateOfAnotherHolder, CertificateOfAnotherNumber, CertificateWithoutNumber,
   *   HolderNotToldYet, RevocationUnknown
   * @source VN-02
   * @source NĐ30-A17-2
   * @source NĐ30-A32-5
   */
  async assertValid(document: SignableDocument): Promise<void> {
    const refuse = (...reasons: Label[]): never => {
      throw PersonalSignatureInvalid({ signer: document.signerName, reasons });
    };
    const main = document.files.find(({ role }) => role === 'main');
    if (!main) return refuse(PERSONAL_SIGNATURE_REASONS['no-main-file']);
    const report = await this.validator.verify(await this.bytes.read(main, MAX_PDF_BYTES));
    const field = document.personalPlacement?.fieldName ?? PERSONAL_FIELD;
    const personal = report.signatures.find(({ fieldName }) => fieldName === field);
    if (!personal?.signer) return refuse(PERSONAL_SIGNATURE_REASONS['not-signed']);
    if (personal.indication === 'INDETERMINATE' && personal.findings.every(({ code }) => code === 'revocation-unknown'))
      throw RevocationUnknown();
    if (personal.indication !== 'PASSED' || report.legal !== 'person_only') {
      const codes = [...personal.findings, ...report.findings].map(({ code }) => FINDINGS[code]);
      return refuse(...(codes.length > 0 ? codes : [PERSONAL_SIGNATURE_REASONS['not-valid']]));
    }
    const { fingerprint } = personal.signer;
    const own = await this.database.read((manager) =>
      manager.findOneBy(CertificateEntity, { fingerprint, userId: document.signerId }),
    );
    if (!own) return refuse(PERSONAL_SIGNATURE_REASONS['certificate-of-another']);
    await this.certificates.assertOwn(own);
  }
}
