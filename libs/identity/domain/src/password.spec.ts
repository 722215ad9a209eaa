import { checkPassword, normalisePassword } from './password.ts';

const NUMBER = '099085123456';

describe('password rules', () => {
  it('SEC-A04 asks for length and three of four classes', () => {
    expect(() => checkPassword('Ngan1!', NUMBER)).toThrow('at least 12');
    expect(() => checkPassword('chiconchuthuong', NUMBER)).toThrow('three of four');
    expect(() => checkPassword('Mot-Cau-Du-Dai-9', NUMBER)).not.toThrow();
    expect(() => checkPassword(`A1-${'x'.repeat(126)}`, NUMBER)).toThrow('at most');
  });

  it('SEC-A04 refuses context words', () => {
    expect(() => checkPassword('Qlvb-2026-Abcdef', NUMBER)).toThrow('qlvb');
  });

  it.each(Array.from({ length: 7 }, (_, start) => [NUMBER.slice(start, start + 6)]))(
    'CID-26 refuses six digits in a row of the own number: %s',
    (digits) => {
      expect(() => checkPassword(`Abc-${digits}-xyz`, NUMBER)).toThrow('identity number');
    },
  );

  it('SEC-A14 normalises to NFC and nothing else', () => {
    expect(normalisePassword(' Ế '.normalize('NFD'))).toBe(' Ế ');
  });
});
