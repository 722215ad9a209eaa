import type { KafkaBusConfig } from '../bus-config.ts';
import type { BusLog } from '../bus-log.ts';
import { BusRefused } from '../bus-refused.ts';
import { describeCause } from '../dead-letter.ts';
import { isTopicMissing, makeKafka, refusalOf, withAdmin } from './kafka-client.ts';

/** A topic that no access list speaks of. */
const UNLISTED = 'qlvb.listed-nowhere';

/** A refusal is the wanted answer here, and nothing to warn of. */
const SILENT: BusLog = { log: () => undefined, warn: () => undefined, error: () => undefined };

type Answer = 'seen' | 'hidden' | 'no answer';

/**
 * What the brokers say of this account when the service starts: what is refused now is refused later, what is away may come.
 */
export class Admission {
  readonly #config: KafkaBusConfig;
  readonly #log: BusLog;

  constructor(config: KafkaBusConfig, log: BusLog) {
    this.#config = config;
    this.#log = log;
  }

  /**
   * Where access lists are the law, nobody sees a topic that no list speaks of, not even whether it is there.
   *
   * @throws BusRefused when the brokers do not know the account, or let it do anything
   */
  async checkAccount(): Promise<void> {
    if ((await this.#ask([UNLISTED])) !== 'seen') return;
    throw new BusRefused(
      `Kafka lets ${this.#user} do what no access list gives it: either this is no account of a service (QLVB_KAFKA_USERNAME), or the brokers lack authorizer.class.name or allow.everyone.if.no.acl.found=false`,
    );
  }

  /** @throws BusRefused when the brokers do not know the account, or keep one of the topics from it */
  async checkTopics(topics: readonly string[]): Promise<void> {
    if ((await this.#ask(topics)) !== 'hidden') return;
    const answers = await Promise.all(topics.map((topic) => this.#ask([topic])));
    const hidden = topics.filter((_, index) => answers[index] === 'hidden').join(', ');
    throw new BusRefused(
      `Kafka keeps from ${this.#user} the topics ${hidden}: not declared to be read by it, or not installed since (operator install)`,
    );
  }

  get #user(): string {
    return this.#config.credentials.username;
  }

  async #ask(topics: readonly string[]): Promise<Answer> {
    try {
      await withAdmin(makeKafka(this.#config, SILENT, { retries: 1 }), (admin) =>
        admin.fetchTopicMetadata({ topics: [...topics] }),
      );
      return 'seen';
    } catch (error) {
      if (isTopicMissing(error)) return 'seen';
      if (error instanceof BusRefused) throw error;
      if (refusalOf(error) === 'rights') return 'hidden';
      this.#log.warn(`Kafka cannot be asked yet: ${describeCause(error)}`);
      return 'no answer';
    }
  }
}
