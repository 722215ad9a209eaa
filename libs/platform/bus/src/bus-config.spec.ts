import { busConfig } from './bus-config.ts';

describe('busConfig', () => {
  it('is embedded unless told', () => {
    expect(busConfig({ QLVB_BUS_URL: 'postgresql://bus@127.0.0.1/qlvb_bus' })).toEqual({
      driver: 'postgres',
      url: 'postgresql://bus@127.0.0.1/qlvb_bus',
      retentionDays: 30,
      concurrency: 8,
    });
  });

  it('reads brokers, credentials and numbers for Kafka', () => {
    const config = busConfig({
      QLVB_BUS: 'kafka',
      QLVB_KAFKA_BROKERS: 'a:9092,b:9092',
      QLVB_KAFKA_TLS: 'true',
      QLVB_KAFKA_USERNAME: 'documents',
      QLVB_KAFKA_PASSWORD: 'secret',
      QLVB_KAFKA_REPLICATION: '3',
    });
    expect(config).toMatchObject({
      driver: 'kafka',
      brokers: ['a:9092', 'b:9092'],
      tls: true,
      credentials: { username: 'documents', password: 'secret' },
      replication: 3,
    });
  });

  it('reports every fault at once', () => {
    expect(() => busConfig({ QLVB_BUS: 'kafka' })).toThrow('QLVB_KAFKA_BROKERS: is not set, and QLVB_BUS=kafka');
    expect(() => busConfig({})).toThrow('QLVB_BUS_URL: is not set, and QLVB_BUS=postgres needs it');
    const half = { QLVB_BUS: 'kafka', QLVB_KAFKA_BROKERS: 'a:1', QLVB_KAFKA_USERNAME: 'u' };
    expect(() => busConfig(half)).toThrow('QLVB_KAFKA_PASSWORD: is not set, and QLVB_KAFKA_USERNAME needs it');
    expect(() => busConfig({ QLVB_BUS_RETENTION_DAYS: '0', QLVB_BUS_CONCURRENCY: 'x' })).toThrow(
      /QLVB_BUS_RETENTION_DAYS[^]*QLVB_BUS_CONCURRENCY/,
    );
  });
});
