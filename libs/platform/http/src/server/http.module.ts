import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { Metrics } from '@qlvb/platform-observability';
import type { Logger } from '@qlvb/platform-observability';
import { Health } from './health.ts';
import type { HttpLimits } from './limits.ts';
import { OperationInterceptor } from '../operation/operation.interceptor.ts';
import { ProblemFilter } from '../problems/problem.filter.ts';
import { Shutdown } from './shutdown.ts';
import { HTTP_LIMITS, LOGGER } from './tokens.ts';

export interface HttpModuleOptions {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly limits: HttpLimits;
}

/** Operations, problems and health for the whole application. */
@Module({})
export class HttpModule {
  static forRoot({ logger, metrics, limits }: HttpModuleOptions): DynamicModule {
    return {
      module: HttpModule,
      global: true,
      providers: [
        Health,
        Shutdown,
        ProblemFilter,
        { provide: LOGGER, useValue: logger },
        { provide: Metrics, useValue: metrics },
        { provide: HTTP_LIMITS, useValue: limits },
        { provide: APP_FILTER, useExisting: ProblemFilter },
        { provide: APP_INTERCEPTOR, useClass: OperationInterceptor },
      ],
      exports: [Health, Shutdown, ProblemFilter, LOGGER, Metrics],
    };
  }
}
