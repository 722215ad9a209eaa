export { BUS_DATABASE, databaseOf, isService, kafkaUserOf, SERVICES } from './services.ts';
export type { Service } from './services.ts';
export { busMembers } from './bus-members.ts';
export { installKafka } from './install-kafka.ts';
export { installDatabases, isInstalled, roleUrl } from './install-databases.ts';
export type { DatabasePasswords } from './install-databases.ts';
