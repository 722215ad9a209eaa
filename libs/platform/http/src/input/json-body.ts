import { BodyMalformed, BodyTooDeep } from '../problems/http.problems.ts';

export interface JsonLimits {
  readonly bodyDepth: number;
  readonly bodyValues: number;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Parses a JSON body, strictly: UTF-8 without byte order mark, bounded depth and size, no key twice in one object, no `__proto__`.
 * RFC 8259 leaves duplicate keys open, and two readers that pick different ones are a way around a check.
 *
 * @throws BodyMalformed, BodyTooDeep
 */
export function parseJson(bytes: Uint8Array, limits: JsonLimits): unknown {
  let text: string;
  let value: unknown;
  try {
    text = decoder.decode(bytes);
    value = JSON.parse(text);
  } catch (cause) {
    throw BodyMalformed({}, { cause });
  }
  inspectStructure(text, limits);
  return value;
}

/** Walks the tokens of `text`, which is known to be valid JSON. */
function inspectStructure(text: string, limits: JsonLimits): void {
  const open: (Set<string> | undefined)[] = [];
  let values = 0;
  let key = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      if (key) noteKey(open.at(-1), text.slice(at, end + 1));
      key = false;
      at = end;
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined);
      key = character === '{';
    } else if (character === '}' || character === ']') {
      open.pop();
      key = false;
    } else if (character === ',') {
      values += 1;
      key = open.at(-1) !== undefined;
    }
    if (open.length > limits.bodyDepth || values > limits.bodyValues) {
      throw BodyTooDeep({ depth: limits.bodyDepth, values: limits.bodyValues });
    }
  }
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function noteKey(keys: Set<string> | undefined, token: string): void {
  const key = JSON.parse(token) as string;
  if (!keys || keys.has(key) || key === '__proto__') throw BodyMalformed();
  keys.add(key);
}
