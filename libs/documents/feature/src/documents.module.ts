import { Module } from '@nestjs/common';
import { AccessRightEntity } from '@qlvb/access-by-hand';
import { DIRECTORY_ENTITIES, DirectoryModule } from '@qlvb/directory';
import { AccessRightsController } from './access/access-rights.controller.ts';
import { AccessRightQueries } from './access/access-rights.queries.ts';
import { AccessRightsService } from './access/access-rights.service.ts';
import { CataloguesController } from './catalogues/catalogues.controller.ts';
import { DocumentAccess } from './access/document-access.ts';
import { FileUseEntity, StoredFileEntity } from './files/file.entity.ts';
import { FilesController } from './files/files.controller.ts';
import { FilesService } from './files/files.service.ts';
import { UploadSweeper } from './files/upload-sweeper.ts';
import { ArrivalsService } from './incoming/arrivals.service.ts';
import { HandlingService } from './incoming/handling.service.ts';
import { IncomingQueries } from './incoming/incoming-queries.service.ts';
import { IncomingConsumer } from './incoming/incoming.consumer.ts';
import { IncomingController } from './incoming/incoming.controller.ts';
import { IncomingDocument } from './incoming/incoming.entity.ts';
import { RegistrationService } from './incoming/registration.service.ts';
import { LayoutReportEntity } from './layout/layout-report.entity.ts';
import { LayoutReportsController } from './layout/layout-reports.controller.ts';
import { LayoutReportsService } from './layout/layout-reports.service.ts';
import { AttachmentsService } from './outgoing/attachments.service.ts';
import { CancellationsService } from './outgoing/cancellations.service.ts';
import { CorrectionsService } from './outgoing/corrections.service.ts';
import { FileProposals } from './outgoing/file-proposals.ts';
import { DeliveriesService } from './outgoing/deliveries.service.ts';
import { DraftsService } from './outgoing/drafts.service.ts';
import { IssuingService } from './outgoing/issuing.service.ts';
import { OutgoingQueries } from './outgoing/outgoing-queries.service.ts';
import { OutgoingConsumer } from './outgoing/outgoing.consumer.ts';
import { OutgoingController } from './outgoing/outgoing.controller.ts';
import {
  DeliveryStatusEntity,
  DraftVersionEntity,
  OutgoingDocument,
  ReviewCheckEntity,
} from './outgoing/outgoing.entities.ts';
import { ReviewsService } from './outgoing/reviews.service.ts';
import { SignabilityService } from './outgoing/signability.service.ts';
import { SignaturesService } from './outgoing/signatures.service.ts';
import { NumberingPlansController } from './registers/numbering-plans.controller.ts';
import { NumberingPlanEntity, NumberingPlans } from './registers/numbering-plans.service.ts';
import { RegistersController } from './registers/registers.controller.ts';
import { RegistersService } from './registers/registers.service.ts';
import { SigningAuthorities } from './signing/signing-authorities.service.ts';
import { SigningGrantEntity } from './signing/signing-grant.entity.ts';
import { SigningGrants } from './signing/signing-grants.service.ts';
import { SigningController } from './signing/signing.controller.ts';

export const DOCUMENTS_ENTITIES = [
  AccessRightEntity,
  DeliveryStatusEntity,
  ...DIRECTORY_ENTITIES,
  DraftVersionEntity,
  FileUseEntity,
  IncomingDocument,
  LayoutReportEntity,
  NumberingPlanEntity,
  OutgoingDocument,
  ReviewCheckEntity,
  SigningGrantEntity,
  StoredFileEntity,
];

@Module({
  imports: [DirectoryModule],
  controllers: [
    AccessRightsController,
    CataloguesController,
    FilesController,
    IncomingConsumer,
    IncomingController,
    LayoutReportsController,
    NumberingPlansController,
    OutgoingConsumer,
    OutgoingController,
    RegistersController,
    SigningController,
  ],
  providers: [
    AccessRightQueries,
    AccessRightsService,
    ArrivalsService,
    AttachmentsService,
    CancellationsService,
    CorrectionsService,
    FileProposals,
    DeliveriesService,
    DocumentAccess,
    DraftsService,
    FilesService,
    HandlingService,
    IncomingQueries,
    IssuingService,
    LayoutReportsService,
    NumberingPlans,
    OutgoingQueries,
    RegistersService,
    RegistrationService,
    ReviewsService,
    SignabilityService,
    SignaturesService,
    SigningAuthorities,
    SigningGrants,
    UploadSweeper,
  ],
})
export class DocumentsModule {}
