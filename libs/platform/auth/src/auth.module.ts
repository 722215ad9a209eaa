import { Inject, Injectable, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationBootstrap, Type } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule, DiscoveryService, MetadataScanner } from '@nestjs/core';
import { accessOf } from './access.ts';
import { AccessGuard } from './access.guard.ts';
import { AccessTokens } from './access-tokens.ts';
import type { AccessTokenOptions } from './access-tokens.ts';

/** Nest's own mark of a route handler (`PATH_METADATA` of @nestjs/common). */
const ROUTE_METADATA = 'path';

/** Refuses to start a service that has a route without declared access. @source SEC-Z01 */
@Injectable()
class UndeclaredRoutes implements OnApplicationBootstrap {
  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(MetadataScanner) private readonly scanner: MetadataScanner,
  ) {}

  onApplicationBootstrap(): void {
    const open = this.discovery
      .getControllers()
      .flatMap(({ metatype }) => (metatype ? this.#openRoutes(metatype as Type) : []));
    if (open.length > 0) throw new Error(`routes without declared permission: ${open.join(', ')}`);
  }

  #openRoutes(controller: Type): string[] {
    const prototype = controller.prototype as Record<string, unknown>;
    return this.scanner
      .getAllMethodNames(prototype)
      .filter((name) => {
        const handler = prototype[name] as object;
        return Reflect.hasMetadata(ROUTE_METADATA, handler) && !accessOf(handler);
      })
      .map((name) => `${controller.name}.${name}`);
  }
}

/** The default-deny guard for every route of the application. */
@Module({})
export class AuthModule {
  static forRoot(options: AccessTokenOptions): DynamicModule {
    return {
      module: AuthModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        { provide: AccessTokens, useValue: new AccessTokens(options) },
        { provide: APP_GUARD, useClass: AccessGuard },
        UndeclaredRoutes,
      ],
      exports: [AccessTokens],
    };
  }
}
