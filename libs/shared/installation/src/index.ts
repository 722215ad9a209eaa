export { BUS_DATABASE, databaseOf, isService, SERVICES } from './services.ts';
export type { Service } from './services.ts';
export { installDatabases, isInstalled, roleUrl } from './install-databases.ts';
export type { DatabasePasswords } from './install-databases.ts';
