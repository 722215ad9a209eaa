import { continueTrace, formatTraceparent, parseTraceparent, traceIdOf } from './trace-context.ts';

const parent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('W3C trace context', () => {
  it('continues the trace of the caller with a span of its own', () => {
    const span = continueTrace(parent);
    expect(span).toMatchObject({ traceId: '4bf92f3577b34da6a3ce929d0e0e4736', sampled: true });
    expect(span.spanId).not.toBe('00f067aa0ba902b7');
    expect(parseTraceparent(formatTraceparent(span))).toEqual(span);
  });

  it.each([
    undefined,
    '',
    'nonsense',
    `${parent}-more`,
    parent.toUpperCase(),
    `ff${parent.slice(2)}`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01`,
  ])('starts a new trace for %p', (text) => {
    expect(parseTraceparent(text)).toBeUndefined();
    expect(traceIdOf(formatTraceparent(continueTrace(text)))).toMatch(/^[0-9a-f]{32}$/);
  });

  it('reads the known part of a later version', () => {
    expect(parseTraceparent(`01${parent.slice(2)}-extra`)?.sampled).toBe(true);
  });
});
