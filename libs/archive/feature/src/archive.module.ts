import { Module } from '@nestjs/common';
import { AccessRightEntity } from '@qlvb/access-by-hand';
import { DIRECTORY_ENTITIES, DirectoryModule } from '@qlvb/directory';
import { DocumentAccessModule } from '@qlvb/document-access';
import { FilableDocumentsConsumer } from './documents/documents.consumer.ts';
import { FilableDocuments } from './documents/filable-documents.service.ts';
import { DossierRegister } from './dossiers/dossier-register.ts';
import { DossierRightsController } from './dossiers/dossier-rights.controller.ts';
import { DossierRights } from './dossiers/dossier-rights.service.ts';
import { DossiersController } from './dossiers/dossiers.controller.ts';
import { DossiersService } from './dossiers/dossiers.service.ts';
import {
  ArchivePackageEntity,
  DocumentSignature,
  DossierEntity,
  DossierListEntity,
  FilableDocument,
  SubmissionEntity,
} from './entities.ts';
import { DossierListsController } from './lists/dossier-lists.controller.ts';
import { DossierListsService } from './lists/dossier-lists.service.ts';
import { ArchivePackagesController } from './packages/archive-packages.controller.ts';
import { ArchivePackagesService } from './packages/archive-packages.service.ts';
import { PackageBuilder } from './submissions/package-builder.ts';
import { PackageLocking } from './submissions/package-locking.ts';
import { SubmissionWork } from './submissions/submission-work.ts';
import { SubmissionsController } from './submissions/submissions.controller.ts';
import { SubmissionsService } from './submissions/submissions.service.ts';

export const ARCHIVE_ENTITIES = [
  AccessRightEntity,
  ArchivePackageEntity,
  ...DIRECTORY_ENTITIES,
  DocumentSignature,
  DossierEntity,
  DossierListEntity,
  FilableDocument,
  SubmissionEntity,
];

@Module({
  imports: [DirectoryModule, DocumentAccessModule],
  controllers: [
    ArchivePackagesController,
    DossierListsController,
    DossierRightsController,
    DossiersController,
    FilableDocumentsConsumer,
    SubmissionsController,
  ],
  providers: [
    ArchivePackagesService,
    DossierListsService,
    DossierRegister,
    DossierRights,
    DossiersService,
    FilableDocuments,
    PackageBuilder,
    PackageLocking,
    SubmissionsService,
    SubmissionWork,
  ],
})
export class ArchiveModule {}
