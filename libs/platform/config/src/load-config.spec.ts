import { inspect } from 'node:util';
import { z } from 'zod';
import { ConfigurationError, parseConfig, secret } from './index.ts';

const schema = z.object({
  mode: z.enum(['embedded', 'distributed']).default('distributed'),
  port: z.int().min(0).max(65535),
  logLevel: z.enum(['debug', 'info']).default('info'),
  brokers: z.array(z.string().min(3)).default([]),
  urgent: z.boolean().default(false),
  database: z.object({ url: secret({ embedded: 'postgres://local' }), poolSize: z.int().default(10) }),
});

describe('configuration', () => {
  it('reads typed values, lists, nested names and defaults, and freezes them', () => {
    const config = parseConfig(schema, {
      QLVB_PORT: '8080',
      QLVB_BROKERS: 'one:9092, two:9092',
      QLVB_URGENT: 'true',
      QLVB_DATABASE_URL: 'postgres://secret',
    });
    expect(config).toMatchObject({ port: 8080, brokers: ['one:9092', 'two:9092'], urgent: true, logLevel: 'info' });
    expect(config.database.url.reveal()).toBe('postgres://secret');
    expect(Object.isFrozen(config) && Object.isFrozen(config.database) && Object.isFrozen(config.brokers)).toBe(true);
  });

  it('reports all faults at once, by variable and without their values', () => {
    const fault = catchFault({ QLVB_PORT: '80a', QLVB_LOG_LEVEL: 'loud', QLVB_URGENT: 'yes' });
    expect(fault.faults.map((line) => line.split(':')[0])).toEqual([
      'QLVB_PORT',
      'QLVB_LOG_LEVEL',
      'QLVB_URGENT',
      'QLVB_DATABASE_URL',
    ]);
    expect(fault.message).toContain('QLVB_DATABASE_URL: is not set');
    expect(fault.message).not.toMatch(/80a|loud|yes/);
  });

  it('gives a secret its local default in embedded mode only', () => {
    const embedded = parseConfig(schema, { QLVB_MODE: 'embedded', QLVB_PORT: '0' });
    expect(embedded.database.url.reveal()).toBe('postgres://local');
    expect(catchFault({ QLVB_PORT: '0' }).faults).toEqual(['QLVB_DATABASE_URL: is not set']);
    expect(catchFault({ QLVB_PORT: '0', QLVB_DATABASE_URL_FILE: '/nowhere/at/all' }).faults).toEqual([
      'QLVB_DATABASE_URL: cannot read QLVB_DATABASE_URL_FILE (ENOENT)',
    ]);
  });

  it('never prints a secret', () => {
    const { database } = parseConfig(schema, { QLVB_PORT: '0', QLVB_DATABASE_URL: 'hunter2' });
    expect(
      [JSON.stringify(database), inspect(database, { depth: 9 }), `${database.url.toString()}`].join(),
    ).not.toContain('hunter2');
  });
});

function catchFault(environment: Record<string, string>): ConfigurationError {
  try {
    parseConfig(schema, environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}
