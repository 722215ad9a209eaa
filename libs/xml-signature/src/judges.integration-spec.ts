import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeIf } from '@qlvb/platform-testing';
import { issueCertificate, OID } from '@qlvb/x509';
import { completeXmlSignature, prepareXmlSignature, verifyXmlSignature } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'qlvb-xml-signature-'));
afterAll(() => rmSync(folder, { recursive: true }));

const place = ['edXML', 'Header'];
const documents: [string, string][] = [
  ['plain', '<edXML><Header><Note>Công văn số 15</Note></Header></edXML>'],
  [
    'with namespaces, comments, references and odd white space',
    `<?xml version="1.0" encoding="UTF-8"?>\r\n<!-- trước --><e:edXML xmlns:e="urn:e" xmlns="urn:d" xmlns:u="urn:u" u:b="2" a="1&#9;&#10;x &quot;y&quot;">
<e:Header\tz="&lt;'"><Note xmlns="">a&#13;b<!-- giữa -->c &amp; &gt; \u{1F4DC}</Note></e:Header>\r\n<u:Body xmlns:u="urn:v"/></e:edXML><!-- sau -->`,
  ],
];

const keys = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ec: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
};
type Kind = keyof typeof keys;
const certificateOf = (kind: Kind) =>
  issueCertificate(
    {
      subject: [[OID.commonName, `Cơ quan thử ${kind}`]],
      publicKey: keys[kind].publicKey,
      notBefore: new Date(Date.now() - 3_600_000),
      notAfter: new Date(Date.now() + 3_600_000),
      keyUsages: ['digitalSignature', 'keyCertSign'],
      ca: {},
    },
    { privateKey: keys[kind].privateKey },
  );
const certificates = { rsa: certificateOf('rsa'), ec: certificateOf('ec') };

const save = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};
const xmlsec = (...args: string[]): number | null => spawnSync('xmlsec1', args, { cwd: folder }).status;
const judge = (kind: Kind, xml: string): number | null =>
  xmlsec(
    '--verify',
    '--trusted-pem',
    save('trusted.pem', certificates[kind].pem),
    '--id-attr:Id',
    'http://uri.etsi.org/01903/v1.3.2#:SignedProperties',
    save('judged.xml', xml),
  );

function signed(kind: Kind, xml: string): string {
  const prepared = prepareXmlSignature({
    xml,
    place,
    certificate: certificates[kind],
    chain: [],
    signingTime: new Date(),
  });
  return completeXmlSignature(prepared, sign('sha256', prepared.toSign, keys[kind].privateKey));
}

describeIf(spawnSync('xmlsec1', ['--version']).status === 0, 'xmlsec1', 'xmlsec1 as judge', () => {
  describe.each(documents)('of a document %s', (_, xml) => {
    it.each<Kind>(['rsa', 'ec'])('XML-02 confirms what we sign with an %s key, and no changed one', (kind) => {
      const good = signed(kind, xml);
      expect(judge(kind, good)).toBe(0);
      expect(judge(kind, good.replace('Note', 'Not'.concat('e x="1"')))).not.toBe(0);
    });

    it.each([
      ['exclusive', 'http://www.w3.org/2001/10/xml-exc-c14n#'],
      ['inclusive', 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'],
    ])('XML-03 signs with %s canonicalisation what we confirm', (_name, canonicalisation) => {
      const template = `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${canonicalisation}"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="${canonicalisation}"/></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data/></ds:KeyInfo></ds:Signature>`;
      const end = xml.includes('</e:Header>') ? '</e:Header>' : '</Header>';
      const key = save('key.pem', keys.rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
      const certificate = save('certificate.pem', certificates.rsa.pem);
      const input = save('template.xml', xml.replace(end, template + end));
      expect(xmlsec('--sign', '--privkey-pem', `${key},${certificate}`, '--output', 'theirs.xml', input)).toBe(0);
      const theirs = readFileSync(join(folder, 'theirs.xml'), 'utf8');
      expect(verifyXmlSignature(theirs, { place })).toMatchObject({ intact: true, findings: [] });
      expect(verifyXmlSignature(theirs.replace('Note', 'Note x="1"'), { place }).intact).toBe(false);
    });
  });
});
