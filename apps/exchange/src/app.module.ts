import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { EXCHANGE_ENTITIES, ExchangeModule } from '@qlvb/exchange-feature';
import type { BusConfig } from '@qlvb/platform-bus';
import { PlatformModule } from '@qlvb/platform-service';
import { StorageModule } from '@qlvb/platform-storage';
import type { ExchangeConfig } from './exchange.config.ts';

@Module({})
export class AppModule {
  static forRoot(config: ExchangeConfig, bus: BusConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot({ service: 'exchange', settings: config, bus, entities: EXCHANGE_ENTITIES }),
        StorageModule.forRoot(config),
        ExchangeModule,
      ],
    };
  }
}
