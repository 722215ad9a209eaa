import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DOCUMENTS_ENTITIES, DocumentsModule } from '@qlvb/documents-feature';
import type { BusConfig } from '@qlvb/platform-bus';
import { PlatformModule } from '@qlvb/platform-service';
import { StorageModule } from '@qlvb/platform-storage';
import type { DocumentsConfig } from './documents.config.ts';

@Module({})
export class AppModule {
  static forRoot(config: DocumentsConfig, bus: BusConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot({ service: 'documents', settings: config, bus, entities: DOCUMENTS_ENTITIES }),
        StorageModule.forRoot(config),
        DocumentsModule,
      ],
    };
  }
}
