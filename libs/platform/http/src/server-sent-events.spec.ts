import { formatEvent } from './server-sent-events.ts';

describe('server-sent events', () => {
  it('are one block of lines; nothing in them can begin another', () => {
    expect(formatEvent({ id: '1\nid: 2', event: 'a\r\nb', data: { text: 'x\n\ny' } })).toBe(
      'id: 1 id: 2\nevent: a  b\ndata: {"text":"x\\n\\ny"}\n\n',
    );
    expect(formatEvent({ data: null })).toBe('data: null\n\n');
  });
});
