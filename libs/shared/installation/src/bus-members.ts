import { topics } from '@qlvb/contracts';
import type { BusMember } from '@qlvb/platform-bus';
import { SERVICES } from './services.ts';
import type { Service } from './services.ts';

/** Who publishes and reads what, on either bus. @param roleOf the account of a service there */
export const busMembers = (roleOf: (service: Service) => string): BusMember[] =>
  SERVICES.map((service) => ({
    role: roleOf(service),
    group: service,
    publishes: topics().flatMap(({ name, producer }) => (producer === service ? [name] : [])),
    reads: topics().flatMap(({ name, readers }) => (readers.includes(service) ? [name] : [])),
  }));
