/** Which service answers for which resource: the first segment below /api/v1. */
export const RESOURCES = {
  identity: ['auth', 'agencies', 'calendar', 'hosts', 'jwks', 'me', 'posts', 'users'],
  documents: [
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
  archive: ['archive-packages', 'dossier-lists', 'dossiers', 'submissions'],
} as const;

export type ServiceName = keyof typeof RESOURCES;
export const SERVICE_NAMES = Object.keys(RESOURCES) as ServiceName[];

const OWNER: ReadonlyMap<string, ServiceName> = new Map(
  SERVICE_NAMES.flatMap((service) => RESOURCES[service].map((resource) => [resource, service] as const)),
);

/**
 * The service for a request target, taken as sent: nothing is decoded, so no spelling of a path reaches a service under
 * another name than the one that was checked.
 */
export function serviceFor(target: string): ServiceName | undefined {
  const resource = /^\/api\/v1\/([a-z-]+)(?=[/?]|$)/.exec(target)?.[1];
  return resource === undefined ? undefined : OWNER.get(resource);
}
