import { randomInt } from 'node:crypto';

const ALPHABETS = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789', '+=?'];

/** 16 characters without look-alikes and without the dash that joins two parts, each kind at least twice. @source SEC-A03 */
export function makePassword(): string {
  const from = (alphabet: string): string => alphabet.charAt(randomInt(alphabet.length));
  const characters = [...ALPHABETS, ...ALPHABETS, ...Array.from({ length: 8 }, () => ALPHABETS.join(''))].map(from);
  for (let index = characters.length - 1; index > 0; index -= 1) {
    const other = randomInt(index + 1);
    [characters[index], characters[other]] = [characters[other] ?? '', characters[index] ?? ''];
  }
  return characters.join('');
}
