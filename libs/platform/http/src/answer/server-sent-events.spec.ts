import { setTimeout as wait } from 'node:timers/promises';
import { currentContext, runInContext } from '@qlvb/platform-context';
import { eventLines, formatEvent } from './server-sent-events.ts';

describe('server-sent events', () => {
  it('are one block of lines; nothing in them can begin another', () => {
    expect(formatEvent({ id: '1\nid: 2', event: 'a\r\nb', data: { text: 'x\n\ny' } })).toBe(
      'id: 1 id: 2\nevent: a  b\ndata: {"text":"x\\n\\ny"}\n\n',
    );
    expect(formatEvent({ data: null })).toBe('data: null\n\n');
  });

  it('beat while nothing happens, run inside their request, and stop at the signal', async () => {
    const context = { requestId: 'r-1', traceparent: '', language: 'vi' } as const;
    const stop = new AbortController();
    let left = false;
    async function* events(): AsyncGenerator<{ data: unknown }> {
      try {
        await wait(25);
        yield { data: currentContext()?.requestId };
        await wait(10_000, undefined, { signal: stop.signal });
      } finally {
        left = true;
      }
    }
    const lines = runInContext(context, () => eventLines(events(), stop.signal, 10));
    const seen: string[] = [];
    for await (const line of lines) {
      seen.push(line);
      if (line.includes('data')) stop.abort();
    }
    expect(seen[0]).toBe(': connected\n\n');
    expect(seen.filter((line) => line === ': alive\n\n').length).toBeGreaterThan(0);
    expect(seen.at(-1)).toBe('data: "r-1"\n\n');
    await wait(1);
    expect(left).toBe(true);
  });
});
