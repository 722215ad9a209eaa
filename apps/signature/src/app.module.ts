import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { SIGNATURE_ENTITIES, SignatureModule } from '@qlvb/signature-feature';
import type { BusConfig } from '@qlvb/platform-bus';
import { PlatformModule } from '@qlvb/platform-service';
import { StorageModule } from '@qlvb/platform-storage';
import type { SignatureConfig } from './signature.config.ts';

@Module({})
export class AppModule {
  static forRoot(config: SignatureConfig, bus: BusConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot({ service: 'signature', settings: config, bus, entities: SIGNATURE_ENTITIES }),
        StorageModule.forRoot(config),
        SignatureModule.forRoot(config),
      ],
    };
  }
}
