import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DIRECTORY_ENTITIES, DirectoryModule } from '@qlvb/directory';
import { DocumentAccessModule } from '@qlvb/document-access';
import { CertificateUsability } from './certificates/certificate-usability.ts';
import { CertificatesController } from './certificates/certificates.controller.ts';
import { CertificatesService } from './certificates/certificates.service.ts';
import { HolderNumbers } from './certificates/holder-numbers.ts';
import { NumberProof } from './certificates/number-proof.entity.ts';
import { NumberProofsConsumer } from './certificates/number-proofs.consumer.ts';
import { CertificateEntity, SignableDocument, SigningSession, ValidationEntity } from './entities.ts';
import { RevocationClient } from './authorities/revocation-client.ts';
import { TimeStampClient } from './authorities/time-stamp-client.ts';
import { loadTrustStore, SIGNATURE_SETTINGS, TRUST_STORE } from './signature.settings.ts';
import type { SignatureSettings } from './signature.settings.ts';
import { Embedding } from './signing/embedding.ts';
import { PersonalSignature } from './signing/personal-signature.ts';
import { Preparation } from './signing/preparation.ts';
import { SignableDocumentsConsumer } from './signing/signable-documents.consumer.ts';
import { SignableDocuments } from './signing/signable-documents.service.ts';
import { SigningController } from './signing/signing.controller.ts';
import { SigningService } from './signing/signing.service.ts';
import { ArrivalValidations } from './validation/arrival-validations.ts';
import { ArrivedSigner } from './validation/arrived-signer.ts';
import { PdfValidator } from './validation/pdf-validator.ts';
import { ArrivalsConsumer } from './validation/arrivals.consumer.ts';
import { ValidationsController } from './validation/validations.controller.ts';
import { ValidationsService } from './validation/validations.service.ts';

export const SIGNATURE_ENTITIES = [
  CertificateEntity,
  ...DIRECTORY_ENTITIES,
  NumberProof,
  SignableDocument,
  SigningSession,
  ValidationEntity,
];

@Module({})
export class SignatureModule {
  static forRoot(settings: SignatureSettings): DynamicModule {
    return {
      module: SignatureModule,
      imports: [DirectoryModule, DocumentAccessModule],
      controllers: [
        ArrivalsConsumer,
        CertificatesController,
        NumberProofsConsumer,
        SignableDocumentsConsumer,
        SigningController,
        ValidationsController,
      ],
      providers: [
        { provide: SIGNATURE_SETTINGS, useValue: settings },
        { provide: TRUST_STORE, useFactory: () => loadTrustStore(settings.trustStoreFile) },
        ArrivalValidations,
        ArrivedSigner,
        CertificatesService,
        CertificateUsability,
        Embedding,
        HolderNumbers,
        PdfValidator,
        PersonalSignature,
        Preparation,
        RevocationClient,
        SignableDocuments,
        SigningService,
        TimeStampClient,
        ValidationsService,
      ],
    };
  }
}
