import { installKafkaBus } from '@qlvb/platform-bus';
import type { BusLog, KafkaBusConfig, KafkaInstallation } from '@qlvb/platform-bus';
import { busMembers } from './bus-members.ts';
import { kafkaUserOf } from './services.ts';

/**
 * Makes the topics of the platform on Kafka and says which service may publish and read what; harmless when that was done. The users
 * themselves are made with the broker's own tools.
 *
 * @param config under an account that may make topics and change access lists
 */
export const installKafka = (config: KafkaBusConfig, log: BusLog): Promise<KafkaInstallation> =>
  installKafkaBus(config, busMembers(kafkaUserOf), log);
