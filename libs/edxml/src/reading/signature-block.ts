import { child, find, findAll } from '../xml/element.ts';
import type { Element } from '../xml/element.ts';
import type { Reading } from './group.ts';

const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#';
/** Shorter than any certificate. */
const SHORTEST_CERTIFICATE = 300;

/**
 * The package signature at a glance. `candidate` is worth verifying; `placeholder` is what the axis' library copies into every package:
 * the wrong namespace, a certificate of eleven characters, digests of SHA-1.
 */
export type SignatureBlock = 'absent' | 'placeholder' | 'candidate';

/**
 * Looks at the signature block without verifying it. Nothing about it ever stops a package from being read.
 *
 * @source D19
 * @source XML-01
 */
export function readSignatureBlock(root: Element, reading: Reading): SignatureBlock {
  const header = find(root, ({ name }) => name === 'edxmlheader' || name === 'header') ?? root;
  const blocks = findAll(header, ({ name }) => name === 'signature' || name === 'digitalsignature');
  if (blocks.length > 1) reading.note('signature-repeated', 'Signature');
  const [block] = blocks;
  if (!block || block.children.length === 0) return 'absent';
  const reason = whyPlaceholder(block);
  if (reason === undefined) return 'candidate';
  reading.note('signature-placeholder', 'Signature', reason);
  return 'placeholder';
}

function whyPlaceholder(block: Element): string | undefined {
  if (block.uri !== XMLDSIG) return 'namespace';
  const certificate = find(block, ({ name }) => name === 'x509certificate');
  if ((certificate?.text.replace(/\s/g, '').length ?? 0) < SHORTEST_CERTIFICATE) return 'certificate';
  const signed = child(block, 'signedinfo');
  const algorithms = findAll(signed, ({ attributes }) => attributes['Algorithm'] !== undefined).map(
    ({ attributes }) => attributes['Algorithm'] ?? '',
  );
  return algorithms.find((algorithm) => /sha1$|\/TR\/xml-exc-c14n#$/.test(algorithm));
}
