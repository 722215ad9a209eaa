import { defaultLimits } from '@qlvb/platform-http';
import { LIMITS } from '@qlvb/records';

/** Which service answers for which resource: the first segment below /api/v1. */
export const RESOURCES = {
  identity: ['account-proposals', 'agencies', 'agency-proposals', 'auth', 'calendar', 'hosts', 'jwks', 'me', 'users'],
  documents: [
    'access-rights',
    'catalogues',
    'files',
    'incoming-documents',
    'numbering-plans',
    'outgoing-documents',
    'registers',
    'signing-authorities',
    'signing-grants',
  ],
  workflow: ['instructions', 'notifications', 'process-definitions', 'tasks'],
  signature: ['certificates', 'signing-sessions', 'trust-anchors', 'validations'],
  exchange: ['deliveries', 'packages', 'partners', 'received-packages'],
  archive: ['archive-packages', 'dossier-access-rights', 'dossier-lists', 'dossiers', 'submissions'],
} as const;

export type ServiceName = keyof typeof RESOURCES;
export const SERVICE_NAMES = Object.keys(RESOURCES) as ServiceName[];

/** Resources that take files, and how large. Of everything else a body is JSON. */
const UPLOADS: Readonly<Record<string, number>> = { files: LIMITS.file.bytes, validations: LIMITS.file.bytes };

const OWNER: ReadonlyMap<string, ServiceName> = new Map(
  SERVICE_NAMES.flatMap((service) => RESOURCES[service].map((resource) => [resource, service] as const)),
);

/**
 * The service for a request target, taken as sent: nothing is decoded, so no spelling of a path reaches a service under
 * another name than the one that was checked.
 */
export function serviceFor(target: string): ServiceName | undefined {
  return OWNER.get(resourceOf(target));
}

/** The largest body that any operation of the target's resource takes. @source FMT-10 */
export const bodyLimit = (target: string): number => UPLOADS[resourceOf(target)] ?? defaultLimits.bodyBytes;

const resourceOf = (target: string): string => /^\/api\/v1\/([a-z-]+)(?=[/?]|$)/.exec(target)?.[1] ?? '';
