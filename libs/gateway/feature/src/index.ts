export { GatewayModule } from './gateway.module.ts';
export {
  HostMisdirected,
  HostNotFound,
  ResourceNotFound,
  ServiceUnavailable,
  TooManyRequests,
  WrongHost,
} from './gateway.problems.ts';
export { gatewaySettings } from './gateway.settings.ts';
export type { GatewaySettings } from './gateway.settings.ts';
export { platformOpenApi } from './platform-open-api.ts';
export { RESOURCES, SERVICE_NAMES, serviceFor } from './routes.ts';
export type { ServiceName } from './routes.ts';
