export { SIGNATURE_ENTITIES, SignatureModule } from './signature.module.ts';
export { signatureSettings } from './signature.settings.ts';
export type { SignatureSettings } from './signature.settings.ts';
