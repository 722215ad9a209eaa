import { normaliseText, textFault } from '@qlvb/vietnam';
import { LIMITS } from './limits.ts';

/** Nobody typed them on purpose. */
const INVISIBLE = /[\u00ad\u200b-\u200d\ufeff]/;

/**
 * Why a file name is refused, if so: 1 to 180 composed characters, nothing invisible, no path or shell signs.
 *
 * @source FMT-09
 */
export function fileNameFault(
  name: string,
): 'FILE_NAME_LENGTH' | 'FILE_NAME_NOT_NFC' | 'FILE_NAME_CHARACTER' | undefined {
  const length = [...name].length;
  if (length < 1 || length > LIMITS.file.nameCharacters) return 'FILE_NAME_LENGTH';
  if (textFault(name, false) !== undefined || INVISIBLE.test(name)) return 'FILE_NAME_CHARACTER';
  if (name !== normaliseText(name)) return 'FILE_NAME_NOT_NFC';
  return /[\\/:*?"<>|]|^\.+$/.test(name) ? 'FILE_NAME_CHARACTER' : undefined;
}
