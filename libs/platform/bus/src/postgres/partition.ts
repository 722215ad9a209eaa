/** FNV-1a over UTF-8. Part of the stored data: it must never give another answer. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'utf8')) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

/** Records of a key stay in one partition. */
export const partitionOf = (key: string, partitions: number): number => hash(key) % partitions;

/**
 * A group's number comes from its name alone, so that a wiped database gives every group the number it had; two names
 * with one number are refused by the primary key.
 */
export const groupNumber = (name: string): number => (hash(name) % 0x7ffffffe) + 1;
