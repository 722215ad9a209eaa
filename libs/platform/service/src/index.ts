export { bootstrap } from './bootstrap.ts';
export { serviceConfig, serviceSettings } from './service.config.ts';
export type { ServiceConfig } from './service.config.ts';
export { startService } from './service.ts';
export type { RunningService, ServiceOptions } from './service.ts';
