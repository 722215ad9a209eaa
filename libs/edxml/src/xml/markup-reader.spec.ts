import { SaxesParser } from 'saxes';
import { DEFAULT_READ_LIMITS } from '../package/limits.ts';
import { Chance, textOf } from '../testing/random-package.ts';
import { MarkupReader } from './markup-reader.ts';

/** What a reader of markup says, in one list; `content` is the element whose text comes in pieces. */
async function eventsOf(xml: string, chunk: number, content = 'content'): Promise<string[]> {
  const events: string[] = [];
  const open: string[] = [];
  let pieces = '';
  const flush = (): void => {
    if (pieces !== '') events.push(`content ${pieces}`);
    pieces = '';
  };
  const reader = new MarkupReader(
    {
      open: (name, attributes) => {
        flush();
        open.push(name);
        events.push(`open ${name} ${JSON.stringify(attributes)}`);
      },
      close: (name) => {
        flush();
        open.pop();
        events.push(`close ${name}`);
      },
      text: (text) => events.push(`text ${text}`),
      get isContent() {
        return open.at(-1) === content;
      },
      content: (text) => {
        pieces += text;
        return Promise.resolve();
      },
      settle: () => Promise.resolve(),
      repaired: (name) => events.push(`repaired ${name}`),
      declaredEncoding: (encoding) => events.push(`encoding ${encoding}`),
      trailing: (text) => events.push(`trailing ${text}`),
    },
    DEFAULT_READ_LIMITS,
  );
  for (let at = 0; at < xml.length; at += chunk) await reader.write(xml.slice(at, at + chunk));
  reader.end();
  return events;
}

/** The same list from saxes alone. */
function eventsOfSaxes(xml: string): string[] {
  const events: string[] = [];
  const parser = new SaxesParser();
  parser.on('xmldecl', ({ encoding }) => encoding !== undefined && events.push(`encoding ${encoding}`));
  parser.on('opentag', ({ name, attributes }) => events.push(`open ${name} ${JSON.stringify(attributes)}`));
  parser.on('closetag', ({ name }) => events.push(`close ${name}`));
  parser.on('text', (text) => events.push(`text ${text}`));
  parser.on('cdata', (text) => events.push(`text ${text}`));
  parser.write(xml).close();
  return events;
}

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

function randomXml(chance: Chance): string {
  const element = (depth: number): string => {
    const name = chance.pick(['a', 'edXML:b', 'c-d', 'đơn_vị', 'x.y']);
    const attributes = chance.list(2, (index) => ` k${index}="${escape(textOf(chance, 20))}>'"`).join('');
    const inside = chance.list(depth > 4 ? 0 : 4, () =>
      chance.pick<() => string>([
        () => element(depth + 1),
        () => escape(textOf(chance, 30)),
        () => `<!-- > ]]> < ${'-'.repeat(chance.below(2))}x -->`,
        () => `<![CDATA[ <a> ]] > & ${textOf(chance, 10)}]]>`,
        () => '<?p <a> ? ?>',
        () => '&#1234;&#xD;&amp;',
      ])(),
    );
    return chance.below(6) === 0
      ? `<${name}${attributes}/>`
      : `<${name}${attributes} >${inside.join('')}</${name}${chance.pick(['', ' ', '\n'])}>`;
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!-- đầu -->${element(0)}`;
}

describe('reading markup as a stream', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'R2 says what saxes says, however it is cut: seed %i',
    async (seed) => {
      const xml = randomXml(new Chance(seed));
      const expected = eventsOfSaxes(xml);
      for (const chunk of [1, 2, 3, 5, 17, 100_000]) expect(await eventsOf(xml, chunk)).toEqual(expected);
    },
  );

  it.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'R2 accepts nothing without a word that saxes refuses: seed %i',
    async (seed) => {
      const chance = new Chance(seed + 1000);
      for (let turn = 0; turn < 20; turn += 1) {
        const whole = randomXml(chance);
        const at = chance.below(whole.length);
        const broken =
          whole.slice(0, at) +
          chance.pick(['<', '>', '"', '&', '', '/', '-->', ']]>', '\u0001']) +
          whole.slice(at + chance.below(4));
        let isSound = true;
        try {
          eventsOfSaxes(broken);
        } catch {
          isSound = false;
        }
        const said = await eventsOf(broken, 1 + chance.below(50)).catch(() => undefined);
        const isSilent = said !== undefined && !said.some((event) => /^(repaired|trailing \s*\S)/.test(event));
        if (isSilent) expect([broken, isSound]).toEqual([broken, true]);
      }
    },
  );

  it('gives contents in pieces, with comments, line ends as references and CDATA', async () => {
    const xml = '<r><content>QUJD&#13;\nREVG<!-- > -->R0hJ<![CDATA[Sk]]></content><t>x</t></r>';
    const events = await eventsOf(xml, 4);
    expect(
      events.filter((event) => event.startsWith('content')).map((event) => event.slice(8).replace(/\s/g, '')),
    ).toEqual(['QUJDREVGR0hJ']);
    expect(events).toContain('text Sk');
    expect(events).toContain('text x');
  });

  it.each([
    ['<r><f><a>1</a><t>2</t></r>', 'repaired r', 'close f'],
    ['<r><f>1</f></f><t>2</t></r>', 'repaired f', 'text 2'],
    ['<r></x></r>', 'repaired x', 'close r'],
  ])('D4 repairs %s', async (xml, repaired, after) => {
    for (const chunk of [1, 100]) {
      const events = await eventsOf(xml, chunk);
      expect(events).toContain(repaired);
      expect(events).toContain(after);
      expect(events.at(-1)).toBe('close r');
    }
  });

  it.each(['<r', '<r>', '<r><a></a>', '<r a="', '<r><!-- ', '<r><![CDATA[', '<r><?p', '<r></r', '<'])(
    'R2 %s is cut off',
    async (xml) => {
      await expect(eventsOf(xml, 1)).rejects.toMatchObject({ code: 'edxml.truncated' });
    },
  );
});
