import { Module } from '@nestjs/common';
import { DirectoryAgency, DirectoryModule, DirectoryPost } from '@qlvb/directory';
import { StoredFileEntity } from './files/file.entity.ts';
import { FilesController } from './files/files.controller.ts';
import { FilesService } from './files/files.service.ts';
import { ArrivalsService } from './incoming/arrivals.service.ts';
import { HandlingService } from './incoming/handling.service.ts';
import { IncomingQueries } from './incoming/incoming-queries.service.ts';
import { IncomingConsumer } from './incoming/incoming.consumer.ts';
import { IncomingController } from './incoming/incoming.controller.ts';
import { IncomingDocument } from './incoming/incoming.entity.ts';
import { RegistrationService } from './incoming/registration.service.ts';
import { DraftsService } from './outgoing/drafts.service.ts';
import { IssuingService } from './outgoing/issuing.service.ts';
import { OutgoingQueries } from './outgoing/outgoing-queries.service.ts';
import { OutgoingConsumer } from './outgoing/outgoing.consumer.ts';
import { OutgoingController } from './outgoing/outgoing.controller.ts';
import { DraftVersionEntity, OutgoingDocument, ReviewCheckEntity } from './outgoing/outgoing.entities.ts';
import { ReviewsService } from './outgoing/reviews.service.ts';
import { RegistersController } from './registers/registers.controller.ts';

export const DOCUMENTS_ENTITIES = [
  DirectoryAgency,
  DirectoryPost,
  DraftVersionEntity,
  IncomingDocument,
  OutgoingDocument,
  ReviewCheckEntity,
  StoredFileEntity,
];

@Module({
  imports: [DirectoryModule],
  controllers: [
    FilesController,
    IncomingConsumer,
    IncomingController,
    OutgoingConsumer,
    OutgoingController,
    RegistersController,
  ],
  providers: [
    ArrivalsService,
    DraftsService,
    FilesService,
    HandlingService,
    IncomingQueries,
    IssuingService,
    OutgoingQueries,
    RegistrationService,
    ReviewsService,
  ],
})
export class DocumentsModule {}
