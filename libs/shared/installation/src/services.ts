/** The services that own a database, in the order in which they are started. */
export const SERVICES = ['identity', 'documents', 'workflow', 'signature', 'exchange', 'archive'] as const;
export type Service = (typeof SERVICES)[number];

/** Of the bus driver `postgres`. */
export const BUS_DATABASE = 'qlvb_bus';

export const databaseOf = (service: Service): string => `qlvb_${service}`;

/** The user of Kafka under which a service acts there. */
export const kafkaUserOf = (service: Service): string => `qlvb_${service}`;

export const isService = (name: string): name is Service => (SERVICES as readonly string[]).includes(name);
