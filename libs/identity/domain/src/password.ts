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
  const weak = (reason: string): never => {
    throw PasswordWeak({ reason });
  };
  const length = [...password].length;
  if (length < MIN_LENGTH) weak(`Mật khẩu cần ít nhất ${MIN_LENGTH} ký tự.`);
  if (length > MAX_LENGTH) weak(`Mật khẩu dài tối đa ${MAX_LENGTH} ký tự.`);
  if (CLASSES.filter((pattern) => pattern.test(password)).length < NEEDED_CLASSES) {
    weak('Mật khẩu cần ít nhất ba trong bốn loại: chữ hoa, chữ thường, chữ số, ký hiệu.');
  }
  if (passwordRevealsCccd(password, number)) weak('Mật khẩu không được chứa 6 chữ số liền nhau của số định danh.');
  const folded = password
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');
  for (const word of CONTEXT_WORDS) {
    if (folded.includes(word)) weak(`Mật khẩu không được chứa "${word}".`);
  }
}
