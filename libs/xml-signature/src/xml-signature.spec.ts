import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { issueCertificate, OID } from '@qlvb/x509';
import { completeXmlSignature, prepareXmlSignature, verifyXmlSignature, XmlSignatureValueRejected } from './index.ts';
import type { Finding } from './index.ts';

const place = ['edXML', 'Header'];
const text = `<?xml version="1.0" encoding="UTF-8"?>
<e:edXML xmlns:e="urn:e" xmlns:unused="urn:u"><e:Header><e:Note a="1 &amp; 2">Công văn số 15 &lt;khẩn&gt;</e:Note></e:Header><e:Body/></e:edXML>`;

const pairs = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  weak: generateKeyPairSync('rsa', { modulusLength: 1024 }),
  ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
};
type Kind = keyof typeof pairs;
const issued = Object.fromEntries(
  Object.entries(pairs).map(([name, { publicKey, privateKey }]) => [
    name,
    issueCertificate(
      {
        subject: [[OID.commonName, `Cơ quan thử ${name}`]],
        publicKey,
        notBefore: new Date('2026-01-01T00:00:00Z'),
        notAfter: new Date('2027-01-01T00:00:00Z'),
        keyUsages: ['digitalSignature'],
      },
      { privateKey },
    ),
  ]),
) as Record<Kind, ReturnType<typeof issueCertificate>>;

const signingTime = new Date('2026-11-23T03:00:00Z');
const prepare = (kind: Kind, xml = text) =>
  prepareXmlSignature({ xml, place, certificate: issued[kind], chain: [], signingTime });
function signed(kind: Kind, xml = text): string {
  const prepared = prepare(kind, xml);
  return completeXmlSignature(prepared, sign('sha256', prepared.toSign, pairs[kind].privateKey));
}
const verify = (xml: string) => verifyXmlSignature(xml, { place });

describe('an enveloped signature', () => {
  it.each<Kind>(['rsa', 'ec'])('XML-02 is made in two steps with an %s key that is elsewhere', (kind) => {
    const report = verify(signed(kind));
    expect(report).toMatchObject({ intact: true, findings: [], signingTime });
    expect(report.certificate?.equals(issued[kind])).toBe(true);
  });

  it('XML-04 gives out the canonical text that was digested, without the signature', () => {
    expect(verify(signed('rsa')).signedXml).toBe(
      '<e:edXML xmlns:e="urn:e"><e:Header><e:Note a="1 &amp; 2">Công văn số 15 &lt;khẩn&gt;</e:Note></e:Header><e:Body></e:Body></e:edXML>',
    );
  });

  it('XML-02 is not let out with a value of another key or of other bytes', () => {
    const prepared = prepare('rsa');
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    expect(() => completeXmlSignature(prepared, sign('sha256', prepared.toSign, other))).toThrow(
      XmlSignatureValueRejected({}).message,
    );
    const value = sign('sha256', Buffer.from('x'), pairs.rsa.privateKey);
    expect(() => completeXmlSignature(prepared, value)).toThrow();
    expect(() => completeXmlSignature(prepare('ec'), value)).toThrow();
  });

  it('VN-70 is not prepared for a weak key, nor for a document that is signed or unreadable', () => {
    expect(() => prepare('weak')).toThrow();
    expect(() => prepare('rsa', signed('rsa'))).toThrow();
    expect(() => prepare('rsa', text.replace('</e:Body>', '<').replace('<e:Body/>', '<e:Body>'))).toThrow();
    expect(() => prepare('rsa', text.replaceAll('e:Header', 'e:Other'))).toThrow();
  });
});

const good = signed('rsa');
const signature = /<ds:Signature .*<\/ds:Signature>/s.exec(good)?.[0] ?? '';
const infoOf = (xml: string): string => /<ds:SignedInfo>.*<\/ds:SignedInfo>/s.exec(xml)?.[0] ?? '';

/** What an attacker or a careless hand made of a good document. */
const cases: [string, Finding, (xml: string) => string][] = [
  ['changed text', 'digest-or-value', (xml) => xml.replace('số 15', 'số 16')],
  ['another element', 'digest-or-value', (xml) => xml.replace('<e:Body/>', '<e:Body/><e:Body/>')],
  ['a changed signing time', 'digest-or-value', (xml) => xml.replace('2026-11-23T03', '2026-11-23T04')],
  [
    'a changed value',
    'digest-or-value',
    (xml) => xml.replace(/SignatureValue>./, 'SignatureValue>_').replace('>_', '>A'),
  ],
  ['no signature', 'signature-missing', (xml) => xml.replace(signature, '')],
  ['another namespace', 'signature-missing', (xml) => xml.replaceAll('http://www.w3.org/2000/09/xmldsig#"', 'urn:x"')],
  [
    'ATT-20 a second signature',
    'signature-repeated',
    (xml) => xml.replace('<e:Body/>', `<e:Body>${signature}</e:Body>`),
  ],
  [
    'ATT-20 the signed document wrapped inside another',
    'signature-misplaced',
    (xml) =>
      `<e:edXML xmlns:e="urn:e"><e:Header>false</e:Header><e:Body>${xml.replace(/<\?.*\?>/, '')}</e:Body></e:edXML>`,
  ],
  [
    'ATT-20 the signature moved',
    'signature-misplaced',
    (xml) => xml.replace(signature, '').replace('<e:Body/>', `<e:Body>${signature}</e:Body>`),
  ],
  ['ATT-20 an id twice', 'id-repeated', (xml) => xml.replace('<e:Body/>', '<e:Body ID="a"/><e:Body id="a"/>')],
  [
    'ATT-20 a reference to a part',
    'reference',
    (xml) => xml.replace('URI=""', 'URI="#part"').replace('<e:Body/>', '<e:Body Id="part"/>'),
  ],
  ['an outside reference', 'reference', (xml) => xml.replace('URI=""', 'URI="http://localhost/x"')],
  ['XML-06 properties without their type', 'reference', (xml) => xml.replace(/ Type="[^"]+"/, '')],
  [
    'XML-06 properties that nothing references',
    'signed-properties',
    (xml) => xml.replace(/<ds:Reference URI="#.*?<\/ds:Reference>/s, ''),
  ],
  [
    'three references',
    'reference',
    (xml) => xml.replace(/<ds:Reference URI="#.*?<\/ds:Reference>/s, (reference) => reference + reference),
  ],
  ['ATT-21 two SignedInfo', 'structure', (xml) => xml.replace(infoOf(xml), infoOf(xml).repeat(2))],
  ['ATT-21 a comment in the digest', 'structure', (xml) => xml.replace('DigestValue>', 'DigestValue><!--x-->')],
  ['an element in the digest', 'structure', (xml) => xml.replace('DigestValue>', 'DigestValue><x/>')],
  ['ATT-22 a processing instruction', 'processing-instruction', (xml) => xml.replace('số 15', 'số <?x 15?>')],
  ['ATT-22 a CDATA section', 'cdata', (xml) => xml.replace('số 15', 'số <![CDATA[15]]>')],
  ['XML-05 a document type', 'doctype', (xml) => xml.replace('?>', '?><!DOCTYPE e [<!ENTITY a "b">]>')],
  ['XML-05 half a document', 'not-well-formed', (xml) => xml.slice(0, -3)],
  ['VN-72 SHA-1', 'algorithm', (xml) => xml.replace('xmldsig-more#rsa-sha256', 'xmldsig#rsa-sha1')],
  ['VN-72 a SHA-1 digest', 'algorithm', (xml) => xml.replace('2001/04/xmlenc#sha256', '2000/09/xmldsig#sha1')],
  ['HMAC', 'algorithm', (xml) => xml.replace('xmldsig-more#rsa-sha256', 'xmldsig-more#hmac-sha256')],
  ['ECDSA under an RSA key', 'algorithm', (xml) => xml.replace('rsa-sha256', 'ecdsa-sha256')],
  [
    'XML-03 an XPath transform',
    'transform',
    (xml) => xml.replace('2001/10/xml-exc-c14n#"/></ds:Transforms>', 'TR/1999/REC-xpath-19991116"/></ds:Transforms>'),
  ],
  [
    'XML-03 XSLT within a transform',
    'transform',
    (xml) => xml.replace(/(<ds:Transform [^>]+)\/>/, '$1><x/></ds:Transform>'),
  ],
  ['no certificate', 'certificate', (xml) => xml.replace(/<ds:X509Certificate>.*<\/ds:X509Certificate>/s, '')],
  ['a cut certificate', 'certificate', (xml) => xml.replace(/(<ds:X509Certificate>.{11}).*?</s, '$1=<')],
  [
    'ATT-14 another certificate',
    'signed-properties',
    (xml) => {
      const { publicKey } = pairs.rsa;
      const other = issueCertificate(
        {
          subject: [[OID.commonName, 'Kẻ mạo danh']],
          publicKey,
          notBefore: new Date('2026-01-01T00:00:00Z'),
          notAfter: new Date('2027-01-01T00:00:00Z'),
          keyUsages: ['digitalSignature'],
        },
        { privateKey: pairs.rsa.privateKey },
      );
      return xml.replace(/(<ds:X509Certificate>).*?</s, `$1${Buffer.from(other.raw).toString('base64')}<`);
    },
  ],
  [
    'XML-05 a tree that is too deep',
    'too-deep',
    (xml) => xml.replace('<e:Body/>', `${'<e:Body>'.repeat(300)}${'</e:Body>'.repeat(300)}`),
  ],
];

describe('verification', () => {
  it.each(cases)('XML-03 does not accept %s', (_, finding, change) => {
    const changed = change(good);
    expect(changed).not.toBe(good);
    expect(verify(changed)).toMatchObject({ intact: false, findings: [finding] });
    expect(verify(changed)).not.toHaveProperty('signedXml');
  });

  it('XML-01 answers for anything at all instead of throwing, and never with other text than the signed one', () => {
    const { signedXml } = verify(good);
    for (let at = 0; at < good.length; at += 7) {
      const noise = createHash('sha256').update(String(at)).digest('hex').slice(0, 3);
      const report = verify(`${good.slice(0, at)}${noise}${good.slice(at + 3)}`);
      expect([undefined, signedXml]).toContain(report.signedXml);
      expect(report.signedXml === undefined).toBe(!report.intact);
    }
    expect(verify('').intact).toBe(false);
    expect(verifyXmlSignature(good, { place, largestLength: 10 }).findings).toEqual(['too-large']);
  });

  it('XML-04 comments may change without effect, because nobody is given them', () => {
    const commented = good.replace('<e:Body/>', '<!-- khác --><e:Body/>');
    expect(verify(commented).signedXml).toBe(verify(good).signedXml);
  });
});
