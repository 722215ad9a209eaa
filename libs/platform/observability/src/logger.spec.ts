import { runInContext } from '@qlvb/platform-context';
import { createLogger, NestLogger } from './index.ts';

function collect(): { lines: Record<string, unknown>[]; text: () => string; logger: ReturnType<typeof createLogger> } {
  const raw: string[] = [];
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger({
    service: 'notes',
    write: (line) => {
      raw.push(line);
      lines.push(JSON.parse(line) as Record<string, unknown>);
    },
  });
  return { lines, text: () => raw.join(''), logger };
}

describe('the log', () => {
  it('names request, trace, actor and agency in each line', () => {
    const { lines, logger } = collect();
    const context = {
      requestId: 'r-1',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      language: 'vi',
      agencyId: 'a-1',
      actor: { userId: 'u-1', agencyId: 'a-1', permissions: [], permissionVersion: 1 },
    } as const;
    runInContext(context, () => logger.info({ sizeBytes: 5 }, 'stored'));
    logger.info('outside');
    expect(lines[0]).toMatchObject({
      level: 'info',
      service: 'notes',
      msg: 'stored',
      sizeBytes: 5,
      requestId: 'r-1',
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      userId: 'u-1',
      agencyId: 'a-1',
    });
    expect(lines[1]).not.toHaveProperty('requestId');
  });

  it('tells an error with its causes, without what libraries hang on it', () => {
    const { lines, text, logger } = collect();
    const cause = Object.assign(new Error('connection refused'), {
      code: 'ECONNREFUSED',
      request: { body: 'private' },
    });
    logger.error({ err: new Error('cannot store', { cause }) }, 'failed');
    expect(lines[0]).toMatchObject({
      err: { message: 'cannot store', cause: { message: 'connection refused', code: 'ECONNREFUSED' } },
    });
    expect(text()).not.toContain('private');
  });

  it('is one line per entry, whatever the text holds', () => {
    const { text, logger } = collect();
    logger.info('một\nhai\r\u001b[31m');
    expect(text().split('\n')).toHaveLength(2);
    expect(text()).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('takes the framework’s lines, with their context and stack', () => {
    const { lines, logger } = collect();
    const nest = new NestLogger(logger);
    nest.warn('careful', 'Router');
    nest.error('broken', 'Error: broken\n    at x.ts:1', 'Router');
    nest.error(new Error('thrown'));
    nest.log({ some: 'object' });
    nest.log('Mapped {/x, GET} route', 'RouterExplorer');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatchObject({ level: 'warn', msg: 'careful', context: 'Router' });
    expect(lines[1]).toMatchObject({ level: 'error', stack: expect.stringContaining('x.ts:1') as string });
    expect(lines[2]).toMatchObject({ msg: 'thrown', err: { message: 'thrown' } });
    expect(lines[3]).toMatchObject({ details: { some: 'object' } });
  });
});
