import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
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
      QLVB_KAFKA_USERNAME: 'documents',
      QLVB_KAFKA_PASSWORD: 'secret',
      QLVB_KAFKA_REPLICATION: '3',
    });
    expect(config).toMatchObject({
      driver: 'kafka',
      brokers: ['a:9092', 'b:9092'],
      tls: {},
      credentials: { username: 'documents', password: 'secret' },
      replication: 3,
    });
  });

  it('reports every fault at once', () => {
    expect(() => busConfig({ QLVB_BUS: 'kafka' })).toThrow('QLVB_KAFKA_BROKERS: is not set, and QLVB_BUS=kafka');
    expect(() => busConfig({})).toThrow('QLVB_BUS_URL: is not set, and QLVB_BUS=postgres needs it');
    expect(() => busConfig({ QLVB_BUS_RETENTION_DAYS: '0', QLVB_BUS_CONCURRENCY: 'x' })).toThrow(
      /QLVB_BUS_RETENTION_DAYS[^]*QLVB_BUS_CONCURRENCY/,
    );
  });

  const account = { QLVB_BUS: 'kafka', QLVB_KAFKA_BROKERS: 'a:1', QLVB_KAFKA_USERNAME: 'u', QLVB_KAFKA_PASSWORD: 'p' };

  it.each(['QLVB_KAFKA_USERNAME', 'QLVB_KAFKA_PASSWORD'])('F-23 knows no Kafka without %s', (missing) => {
    expect(() => busConfig({ ...account, [missing]: undefined })).toThrow(
      `${missing}: is not set, and QLVB_BUS=kafka needs it`,
    );
  });

  it('F-23 encrypts unless it is told not to, and reads the authorities of a private broker', () => {
    expect(busConfig(account)).toMatchObject({ tls: {} });
    expect(busConfig({ ...account, QLVB_KAFKA_WITHOUT_TLS: 'true' })).toMatchObject({ tls: false });
    const file = join(mkdtempSync(join(tmpdir(), 'qlvb-ca-')), 'ca.pem');
    const withCa = { ...account, QLVB_KAFKA_CA_FILE: file };
    expect(() => busConfig(withCa)).toThrow('QLVB_KAFKA_CA_FILE: is no readable PEM file of certificates');
    writeFileSync(file, 'no certificate');
    expect(() => busConfig(withCa)).toThrow('QLVB_KAFKA_CA_FILE: is no readable PEM file of certificates');
    const pem = rootCertificates[0] ?? '';
    writeFileSync(file, pem);
    expect(busConfig(withCa)).toMatchObject({ tls: { ca: pem } });
  });
});
