import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { IDENTITY_ENTITIES, IdentityModule } from '@qlvb/identity-feature';
import type { BusConfig } from '@qlvb/platform-bus';
import { PlatformModule } from '@qlvb/platform-service';
import type { IdentityConfig } from './identity.config.ts';

@Module({})
export class AppModule {
  static forRoot(config: IdentityConfig, bus: BusConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot({ service: 'identity', settings: config, bus, entities: IDENTITY_ENTITIES }),
        IdentityModule.forRoot(config, { issuer: config.tokenIssuer, audience: config.tokenAudience }),
      ],
    };
  }
}
