import { v5, v7 } from 'uuid';

/** A new UUIDv7 (RFC 9562): unique and ordered by time of creation. */
export const newId = (): string => v7();

const NAMESPACE = '6f3e6c1e-5b52-5d5c-9a0b-2d1d5a6f7c11';

/** The same UUIDv5 for the same text, for things that have a natural key such as an agency's code. */
export const idFrom = (text: string): string => v5(text.normalize('NFC'), NAMESPACE);
