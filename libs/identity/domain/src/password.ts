import { fillLabel, PASSWORD_REASONS } from '@qlvb/contracts';
import type { Label } from '@qlvb/contracts';
import { passwordRevealsCccd } from '@qlvb/vietnam';
import { PasswordWeak } from './identity.problems.ts';

export const MIN_LENGTH = 12;
export const MAX_LENGTH = 128;
const CLASSES = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u];
const NEEDED_CLASSES = 3;
const CONTEXT_WORDS = ['quangbinh', 'qlvb', 'matkhau', 'password'];

/**
 * A password as it is verified: NFC once, otherwise exactly as typed.
 *
 * @source SEC-A14
 */
export const normalisePassword = (password: string): string => password.normalize('NFC');

/**
 * @param number the person's own citizen number
 * @throws PasswordWeak naming the first reason
 * @source SEC-A04
 * @source CID-26
 */
export function checkPassword(password: string, number: string): void {
  const weak = (reason: Label): never => {
    throw PasswordWeak({ reason });
  };
  const length = [...password].length;
  if (length < MIN_LENGTH) weak(fillLabel(PASSWORD_REASONS['too-short'], { length: String(MIN_LENGTH) }));
  if (length > MAX_LENGTH) weak(fillLabel(PASSWORD_REASONS['too-long'], { length: String(MAX_LENGTH) }));
  if (CLASSES.filter((pattern) => pattern.test(password)).length < NEEDED_CLASSES) {
    weak(PASSWORD_REASONS['too-plain']);
  }
  if (passwordRevealsCccd(password, number)) weak(PASSWORD_REASONS['reveals-number']);
  const folded = password
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');
  for (const word of CONTEXT_WORDS) {
    if (folded.includes(word)) weak(fillLabel(PASSWORD_REASONS['holds-word'], { word }));
  }
}
