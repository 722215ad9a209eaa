/** How the broker of `deploy/local/kafka` is reached, which `QLVB_TEST_KAFKA…` name. */
export interface LocalKafka {
  /** Without TLS, `host:port`. */
  readonly broker: string;
  readonly tlsBroker: string;
  /** File with the certificate of the broker. */
  readonly caFile: string;
}

/** Undefined where no such broker was started. */
export function localKafka(environment: NodeJS.ProcessEnv = process.env): LocalKafka | undefined {
  const {
    QLVB_TEST_KAFKA: broker,
    QLVB_TEST_KAFKA_TLS: tlsBroker,
    QLVB_TEST_KAFKA_CA: caFile,
  } = environment as Record<string, string | undefined>;
  return broker && tlsBroker && caFile ? { broker, tlsBroker, caFile } : undefined;
}

/** Who installs topics and access lists there. */
export const LOCAL_KAFKA_ADMIN = 'qlvb_admin';

/** That of each of its accounts. */
export const localKafkaPassword = (username: string): string => `local-${username}`;

/** Settings under which an account uses it: over TLS unless told. */
export const localKafkaSettings = (
  { broker, tlsBroker, caFile }: LocalKafka,
  username: string,
  { tls = true } = {},
): Record<string, string> => ({
  QLVB_BUS: 'kafka',
  QLVB_KAFKA_USERNAME: username,
  QLVB_KAFKA_PASSWORD: localKafkaPassword(username),
  ...(tls
    ? { QLVB_KAFKA_BROKERS: tlsBroker, QLVB_KAFKA_CA_FILE: caFile }
    : { QLVB_KAFKA_BROKERS: broker, QLVB_KAFKA_WITHOUT_TLS: 'true' }),
});
