import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeIf } from '@qlvb/platform-testing';
import {
  answerOcsp,
  answerTimeStamp,
  encodeSignedData,
  hash,
  issueCrl,
  ocspRequest,
  OcspResponse,
  OID,
  readOcspRequest,
  readTimeStampRequest,
  signedAttributes,
  signWith,
  timeStampRequest,
  tokenOfResponse,
} from './index.ts';
import type { Certificate } from './index.ts';
import { certificatesAround } from './testing/certificates-around.ts';

const now = new Date();
const day = 24 * 3600 * 1000;
const folder = mkdtempSync(join(tmpdir(), 'qlvb-x509-'));
afterAll(() => rmSync(folder, { recursive: true }));

const make = certificatesAround(now);

const ca = { keyUsages: ['keyCertSign', 'cRLSign'], ca: {} } as const;
const root = make('Gốc thử', ca);
const authority = make('Trung gian thử', { ...ca, ca: { pathLength: 0 } }, root);
const responder = make('OCSP thử', { extendedKeyUsages: [OID.ocspSigning] }, authority);
const stamper = make('TSA thử', { extendedKeyUsages: [OID.timeStamping] }, authority);
const person = make('Nguyễn Thị Hương', {}, authority);

const save = (name: string, content: Uint8Array | string): string => {
  writeFileSync(join(folder, name), content);
  return name;
};
const pem = (name: string, ...certificates: Certificate[]): string =>
  save(name, certificates.map((item) => item.pem).join(''));
const openssl = (...args: string[]): string => {
  const { stdout, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  return `${stdout}${stderr}`;
};

describeIf(spawnSync('openssl', ['version']).status === 0, 'openssl', 'OpenSSL as judge', () => {
  const [rootPem, chain, leaf] = [
    pem('root.pem', root.certificate),
    pem('chain.pem', authority.certificate),
    pem('leaf.pem', person.certificate),
  ];

  it('VN-78: accepts certificates and lists', () => {
    const list = { number: 1, thisUpdate: now, nextUpdate: new Date(now.getTime() + day), revoked: [] };
    const lists = [issueCrl(root, list), issueCrl(authority, list)].map(
      ({ raw }) => `-----BEGIN X509 CRL-----\n${Buffer.from(raw).toString('base64')}\n-----END X509 CRL-----\n`,
    );
    const crls = save('lists.pem', lists.join(''));
    const checked = openssl(
      'verify',
      '-x509_strict',
      '-crl_check_all',
      '-CAfile',
      rootPem,
      '-untrusted',
      chain,
      '-CRLfile',
      crls,
      leaf,
    );
    expect(checked).toContain('leaf.pem: OK');
  });

  it('VN-50: sees a revocation in a list', () => {
    const revoked = [{ serial: person.certificate.serial, at: now, reason: 1 }];
    const list = issueCrl(authority, {
      number: 2,
      thisUpdate: now,
      nextUpdate: new Date(now.getTime() + day),
      revoked,
    });
    const text = openssl('crl', '-inform', 'DER', '-noout', '-text', '-in', save('revoked.crl', list.raw));
    expect(text).toContain('Key Compromise');
    expect(text.replace(/\s/g, '')).toContain(person.certificate.serialHex.toUpperCase());
  });

  it.each([
    ['good', { status: 'good' }],
    ['revoked', { status: 'revoked', at: new Date(now.getTime() - 1000), reason: 1 }],
  ] as const)('VN-51: reads our OCSP answer %s, and we read its request', (word, status) => {
    openssl('ocsp', '-issuer', chain, '-cert', leaf, '-reqout', 'request.der');
    const own = ocspRequest(person.certificate, authority.certificate, Buffer.from('0123456789abcdef'));
    const theirs = readFileSync(join(folder, 'request.der'));
    for (const request of [readOcspRequest(own), readOcspRequest(theirs)]) {
      const answer = { now, nextUpdate: new Date(now.getTime() + day), statusOf: () => status };
      const bytes = answerOcsp(request, responder, authority.certificate, answer);
      expect(OcspResponse.parse(bytes).isSignedFor(authority.certificate)).toBe(true);
      const response = save('response.der', bytes);
      const output = openssl(
        'ocsp',
        '-respin',
        response,
        '-issuer',
        chain,
        '-cert',
        leaf,
        '-CAfile',
        rootPem,
        '-no_nonce',
      );
      expect(output).toContain(`leaf.pem: ${word}`);
      expect(output).toContain('Response verify OK');
    }
  });

  it('VN-44: verifies our time stamp', () => {
    const data = Buffer.from('giá trị chữ ký');
    const query = timeStampRequest(data, 42n);
    const response = answerTimeStamp(
      readTimeStampRequest(query),
      { ...stamper, chain: [authority.certificate] },
      { at: now, serial: 7n, policy: '1.3.6.1.4.1.99999.46.1.2' },
    );
    expect(tokenOfResponse(response, data, 42n).length).toBeGreaterThan(500);
    const [queryFile, responseFile] = [save('query.tsq', query), save('response.tsr', response)];
    const output = openssl(
      'ts',
      '-verify',
      '-queryfile',
      queryFile,
      '-in',
      responseFile,
      '-CAfile',
      rootPem,
      '-untrusted',
      chain,
    );
    expect(output).toContain('Verification: OK');
  });

  it('VN-73: verifies our CMS', () => {
    const content = Buffer.from('nội dung');
    const attributes = signedAttributes(OID.data, hash('sha256', content), person.certificate);
    const cms = encodeSignedData({
      contentType: OID.data,
      signedAttributes: attributes,
      signature: signWith(person.privateKey, attributes),
      certificate: person.certificate,
      chain: [authority.certificate],
    });
    const [cmsFile, contentFile] = [save('cms.der', cms), save('content', content)];
    const args = [
      '-inform',
      'DER',
      '-in',
      cmsFile,
      '-content',
      contentFile,
      '-CAfile',
      rootPem,
      '-purpose',
      'any',
      '-cades',
      '-out',
      'out',
    ];
    expect(openssl('cms', '-verify', '-binary', ...args)).toContain('CAdES Verification successful');
  });
});
