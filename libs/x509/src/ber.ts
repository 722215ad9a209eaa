import { der } from './der.ts';
import { MalformedDer } from './x509.problems.ts';

const MAX_DEPTH = 40;
const MAX_ELEMENTS = 200_000;
const CONSTRUCTED = 0x20;
/** UNIVERSAL string types that BER may send in pieces: the pieces together are the value (X.690 8.7, 8.21). */
const IN_PIECES: ReadonlySet<number> = new Set([0x04, 0x0c, 0x12, 0x13, 0x14, 0x16, 0x19, 0x1a, 0x1b, 0x1c, 0x1e]);

/**
 * Reads one BER element and writes it in DER lengths: indefinite and long lengths become definite and minimal, strings in
 * pieces become one. What is DER already comes out byte for byte, so that certificates and signed attributes stay as they
 * were signed; a signature over a signer's DER attributes is judged over DER however they were sent (RFC 5652 5.4).
 *
 * @param bytes may go on after the element, as a placeholder does
 * @returns the element, and where it ended in `bytes`
 * @throws MalformedDer for what is no BER, is cut off, or nests or counts beyond the limits
 * @source VN-73
 */
export function derOfBer(bytes: Uint8Array): { readonly der: Uint8Array; readonly end: number } {
  const budget = { left: MAX_ELEMENTS };
  const { element, end } = read(bytes, 0, bytes.length, budget, 0);
  return { der: element, end };
}

interface Head {
  readonly tag: number;
  /** Undefined for the indefinite form. */
  readonly length: number | undefined;
  readonly at: number;
}

function headAt(bytes: Uint8Array, start: number, limit: number): Head {
  const [tag, first] = [bytes[start], bytes[start + 1]];
  if (tag === undefined || first === undefined || start + 2 > limit) throw MalformedDer({ fault: 'truncated' });
  if ((tag & 0x1f) === 0x1f) throw MalformedDer({ fault: 'long tag' });
  if (first < 0x80) return { tag, length: first, at: start + 2 };
  if (first === 0x80) return { tag, length: undefined, at: start + 2 };
  const count = first & 0x7f;
  let length = 0;
  for (let i = 0; i < count; i += 1) {
    length = length * 256 + (bytes[start + 2 + i] ?? 0);
    if (length > limit) throw MalformedDer({ fault: 'oversized length' });
  }
  return { tag, length, at: start + 2 + count };
}

function read(
  bytes: Uint8Array,
  start: number,
  limit: number,
  budget: { left: number },
  depth: number,
): { element: Uint8Array; end: number } {
  if (depth > MAX_DEPTH) throw MalformedDer({ fault: 'nested too deeply' });
  if ((budget.left -= 1) < 0) throw MalformedDer({ fault: 'too many elements' });
  const { tag, length, at } = headAt(bytes, start, limit);
  if (length !== undefined && at + length > limit) throw MalformedDer({ fault: 'truncated' });
  if ((tag & CONSTRUCTED) === 0) {
    if (length === undefined) throw MalformedDer({ fault: 'primitive of indefinite length' });
    return { element: der(tag, bytes.subarray(at, at + length)), end: at + length };
  }
  const { children, end } = readChildren(bytes, at, length === undefined ? undefined : at + length, limit, {
    budget,
    depth,
  });
  const type = tag & ~CONSTRUCTED;
  if (tag < 0x40 && IN_PIECES.has(type)) {
    return { element: der(type, ...children.map((piece) => contentOf(piece, type))), end };
  }
  return { element: der(tag, ...children), end };
}

function readChildren(
  bytes: Uint8Array,
  from: number,
  until: number | undefined,
  limit: number,
  { budget, depth }: { budget: { left: number }; depth: number },
): { children: Uint8Array[]; end: number } {
  const children: Uint8Array[] = [];
  const bound = until ?? limit;
  for (let at = from; ;) {
    if (until !== undefined && at === until) return { children, end: at };
    if (until === undefined && bytes[at] === 0 && bytes[at + 1] === 0 && at + 2 <= bound) {
      return { children, end: at + 2 };
    }
    const { element, end } = read(bytes, at, bound, budget, depth + 1);
    children.push(element);
    at = end;
  }
}

/** A piece is of the type of the whole; it was made primitive before. */
function contentOf(piece: Uint8Array, type: number): Uint8Array {
  if (piece[0] !== type) throw MalformedDer({ fault: 'a string in pieces of another type' });
  const first = piece[1] as number;
  return piece.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f));
}
