import { parseJson } from './json-body.ts';

const limits = { bodyDepth: 4, bodyValues: 10 };
const parse = (text: string): unknown => parseJson(Buffer.from(text), limits);

describe('JSON bodies', () => {
  it.each(['{"a":{"b":[1,"x,{}[]:\\"",null]},"c":"\\\\"}', '[]', '""', '12', ' { "a" : [ { } , { } ] } '])(
    'reads %s as JSON.parse does',
    (text) => {
      expect(parse(text)).toEqual(JSON.parse(text));
    },
  );

  it('takes one key in two objects, and a value that looks like a key', () => {
    expect(parse('[{"a":"a"},{"a":"a"}]')).toEqual([{ a: 'a' }, { a: 'a' }]);
    expect(parse('{"a":"__proto__"}')).toEqual({ a: '__proto__' });
  });

  it.each([
    ['a key twice', '{"a":1,"b":2,"a":3}'],
    ['a key twice after a nested object', '{"a":{"a":1},"a":3}'],
    ['a key twice, once escaped', '{"\\u0061":1,"a":2}'],
    ['__proto__, escaped', '{"\\u005f_proto__":1}'],
    ['nothing', ''],
    ['two values', '1 2'],
  ])('refuses %s', (_title, text) => {
    expect(() => parse(text)).toThrow('http.body-malformed');
  });

  it('bounds depth and number of values', () => {
    expect(() => parse('[[[[]]]]')).not.toThrow();
    expect(() => parse('[[[[[]]]]]')).toThrow('http.body-too-deep');
    expect(() => parse(`[${'1,'.repeat(10)}1]`)).not.toThrow();
    expect(() => parse(`[${'1,'.repeat(11)}1]`)).toThrow('http.body-too-deep');
  });
});
