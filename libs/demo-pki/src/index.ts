export { DemoPki } from './demo-pki.ts';
export type { AgencyRequest, DemoPkiOptions, IssueOptions, PersonRequest } from './demo-pki.ts';
export { demoPkiHandler } from './handler.ts';
export { drawDemoSeal, drawDemoSignature } from './pictures.ts';
export { encodePng } from './png.ts';
export { newRsaKey } from './store.ts';
export type { KeyPair } from './store.ts';
