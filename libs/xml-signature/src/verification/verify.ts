import { signedXml } from '../crypto.ts';
import type { Finding, XmlSignatureReport } from './report.ts';
import { scan } from './scan.ts';
import { judgeStructure } from './structure.ts';

export interface XmlVerificationOptions {
  /** Local names from the root down to the element that holds the signature. */
  readonly place: readonly string[];
  /** Longer documents are not verified. */
  readonly largestLength?: number;
}

const LARGEST_LENGTH = 64 * 1024 * 1024;

/**
 * Verifies the enveloped signature of a document. Never throws for what is in the document.
 *
 * @source XML-01
 */
export function verifyXmlSignature(xml: string, options: XmlVerificationOptions): XmlSignatureReport {
  const broken = (finding: Finding): XmlSignatureReport => ({ intact: false, findings: [finding] });
  if (xml.length > (options.largestLength ?? LARGEST_LENGTH)) return broken('too-large');
  const scanned = scan(xml);
  const [refused] = scanned.findings;
  if (refused) return broken(refused);
  const shape = judgeStructure(scanned, options.place);
  if (typeof shape === 'string') return broken(shape);

  const { certificate, chain, markup, method, ...rest } = shape;
  const signedBy = { certificate, chain, ...rest };
  const text = digestedText(xml, markup, method.uri, certificate.pem);
  return text === undefined
    ? { intact: false, findings: ['digest-or-value'], ...signedBy }
    : { intact: true, findings: [], signedXml: text, ...signedBy };
}

/** What the first reference digested, when every digest and the value are right. */
function digestedText(xml: string, markup: string, method: string, certificate: string): string | undefined {
  const signature = signedXml({ publicCert: certificate, signatureAlgorithm: method as never }, () => undefined);
  try {
    signature.loadSignature(markup);
    return signature.checkSignature(xml) ? signature.getSignedReferences()[0] : undefined;
  } catch {
    // The library throws for a wrong value where it answers false for a wrong digest.
    return undefined;
  }
}
