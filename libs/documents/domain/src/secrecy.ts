import { secrecyMarkIn, secrecyOfField } from '@qlvb/records';
import { StateSecretRefused } from './secrecy.problems.ts';

export interface SecrecyQuestion {
  /** Values of fields made for secrecy, such as the secrecy of an exchange package. */
  readonly secrecyFields?: readonly string[];
  /** Free texts: subject, description, file names. */
  readonly texts?: readonly string[];
}

/** Whether anything in it bears a mark of state secret (Mật, Tối mật, Tuyệt mật). */
export function isStateSecret({ secrecyFields = [], texts = [] }: SecrecyQuestion): boolean {
  return secrecyFields.some((value) => secrecyOfField(value)) || texts.some((text) => secrecyMarkIn(text));
}

/**
 * Nothing marked secret enters this system. The text that was refused is not part of the problem.
 *
 * @throws StateSecretRefused
 * @source EX-SEC-1
 * @source QĐ28-A1-2
 */
export function assertNotStateSecret(question: SecrecyQuestion): void {
  if (isStateSecret(question)) throw StateSecretRefused();
}
