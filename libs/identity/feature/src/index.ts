export { agencyIdOf } from './agencies/agencies.service.ts';
export { SigningKeys } from './auth/signing-keys.ts';
export { IDENTITY_ENTITIES } from './identity.entities.ts';
export { IdentityModule } from './identity.module.ts';
export { identitySettings } from './identity.settings.ts';
export type { IdentitySettings } from './identity.settings.ts';
export { CatalogueLoader } from './seed/catalogue-loader.ts';
export { demoAccount, DemoAccounts } from './seed/demo-accounts.ts';
export type { DemoAccount } from './seed/demo-accounts.ts';
