import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ARCHIVE_ENTITIES, ArchiveModule } from '@qlvb/archive-feature';
import type { BusConfig } from '@qlvb/platform-bus';
import { PlatformModule } from '@qlvb/platform-service';
import { StorageModule } from '@qlvb/platform-storage';
import type { ArchiveConfig } from './archive.config.ts';

@Module({})
export class AppModule {
  static forRoot(config: ArchiveConfig, bus: BusConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot({ service: 'archive', settings: config, bus, entities: ARCHIVE_ENTITIES }),
        StorageModule.forRoot(config, { archive: true }),
        ArchiveModule,
      ],
    };
  }
}
