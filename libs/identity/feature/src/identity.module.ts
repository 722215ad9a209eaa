import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ACTOR_CHECK } from '@qlvb/platform-auth';
import { FINGERPRINT_KEY } from '@qlvb/platform-http';
import { AgenciesController } from './agencies/agencies.controller.ts';
import { AgenciesService } from './agencies/agencies.service.ts';
import { AgencyChanges } from './agency-proposals/agency-changes.ts';
import { AgencyProposalsController } from './agency-proposals/agency-proposals.controller.ts';
import { AgencyProposalsService } from './agency-proposals/agency-proposals.service.ts';
import { EndedAgencies } from './agency-proposals/ended-agencies.ts';
import { AccountCheck } from './auth/actor-check.ts';
import { AuthController } from './auth/auth.controller.ts';
import { AccessTokenIssuer, TOKEN_NAMES } from './auth/access-token-issuer.ts';
import type { TokenNames } from './auth/access-token-issuer.ts';
import { AuthService } from './auth/auth.service.ts';
import { LoginRecords } from './auth/login-records.ts';
import { SessionEnds } from './auth/session-ends.ts';
import { SigningKeys } from './auth/signing-keys.ts';
import { CalendarController } from './calendar/calendar.controller.ts';
import { CalendarService } from './calendar/calendar.service.ts';
import { IDENTITY_SETTINGS } from './identity.settings.ts';
import type { IdentitySettings } from './identity.settings.ts';
import { AccountChanges } from './proposals/account-changes.ts';
import { Deciders } from './proposals/deciders.ts';
import { ProposalDecisions } from './proposals/proposal-decisions.ts';
import { ProposalsController } from './proposals/proposals.controller.ts';
import { ProposalsService } from './proposals/proposals.service.ts';
import { CatalogueLoader } from './seed/catalogue-loader.ts';
import { DemoAccounts } from './seed/demo-accounts.ts';
import { CitizenNumbers } from './users/citizen-numbers.ts';
import { HolderProofs } from './users/holder-proofs.ts';
import { Invitations } from './users/invitations.ts';
import { Posts } from './users/posts.ts';
import { UsersController } from './users/users.controller.ts';
import { UsersService } from './users/users.service.ts';
import { Vault } from './vault.ts';

@Module({})
export class IdentityModule {
  static forRoot(settings: IdentitySettings, names: TokenNames): DynamicModule {
    return {
      module: IdentityModule,
      // What stands before every route asks for ACTOR_CHECK and FINGERPRINT_KEY.
      global: true,
      controllers: [
        AuthController,
        AgenciesController,
        AgencyProposalsController,
        UsersController,
        CalendarController,
        ProposalsController,
      ],
      providers: [
        { provide: IDENTITY_SETTINGS, useValue: settings },
        { provide: TOKEN_NAMES, useValue: names },
        { provide: ACTOR_CHECK, useClass: AccountCheck },
        { provide: FINGERPRINT_KEY, inject: [Vault], useFactory: (vault: Vault) => vault.fingerprintKey },
        AccessTokenIssuer,
        AccountChanges,
        AgenciesService,
        AgencyChanges,
        AgencyProposalsService,
        AuthService,
        CalendarService,
        CatalogueLoader,
        CitizenNumbers,
        Deciders,
        DemoAccounts,
        EndedAgencies,
        HolderProofs,
        Invitations,
        LoginRecords,
        Posts,
        ProposalDecisions,
        ProposalsService,
        SessionEnds,
        SigningKeys,
        UsersService,
        Vault,
      ],
      exports: [ACTOR_CHECK, FINGERPRINT_KEY, AuthService, CatalogueLoader, DemoAccounts, SigningKeys],
    };
  }
}
