import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AgenciesController } from './agencies/agencies.controller.ts';
import { AgenciesService } from './agencies/agencies.service.ts';
import { AuthController } from './auth/auth.controller.ts';
import { AuthService, TOKEN_NAMES } from './auth/auth.service.ts';
import type { TokenNames } from './auth/auth.service.ts';
import { SigningKeys } from './auth/signing-keys.ts';
import { CalendarController } from './calendar/calendar.controller.ts';
import { IDENTITY_SETTINGS } from './identity.settings.ts';
import type { IdentitySettings } from './identity.settings.ts';
import { CatalogueLoader } from './seed/catalogue-loader.ts';
import { DemoAccounts } from './seed/demo-accounts.ts';
import { UsersController } from './users/users.controller.ts';
import { UsersService } from './users/users.service.ts';
import { Vault } from './vault.ts';

@Module({})
export class IdentityModule {
  static forRoot(settings: IdentitySettings, names: TokenNames): DynamicModule {
    return {
      module: IdentityModule,
      controllers: [AuthController, AgenciesController, UsersController, CalendarController],
      providers: [
        { provide: IDENTITY_SETTINGS, useValue: settings },
        { provide: TOKEN_NAMES, useValue: names },
        AgenciesService,
        AuthService,
        CatalogueLoader,
        DemoAccounts,
        SigningKeys,
        UsersService,
        Vault,
      ],
      exports: [AuthService, CatalogueLoader, DemoAccounts, SigningKeys],
    };
  }
}
