export { bootstrap } from './bootstrap.ts';
export { serviceConfig, serviceSettings } from './service.config.ts';
export type { ServiceConfig } from './service.config.ts';
export { startService } from './service.ts';
export type { RunningService, ServiceOptions } from './service.ts';
export { CLOCK, PlatformModule } from './platform.module.ts';
export type { PlatformOptions } from './platform.module.ts';
export { platformSettings } from './platform.settings.ts';
export type { PlatformSettings } from './platform.settings.ts';
