export const keyOf = (sha256: string): string => `sha256/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;

const KEY = /^sha256\/([0-9a-f]{2})\/([0-9a-f]{2})\/(\1\2[0-9a-f]{60})$/;

/** The digest a key stands for. @throws Error when it is no key of ours, such as one that climbs out of the store */
export function digestOf(key: string): string {
  const digest = KEY.exec(key)?.[3];
  if (!digest) throw new Error('not an object key');
  return digest;
}
