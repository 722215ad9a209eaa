import { constants, generateKeyPairSync, sign } from 'node:crypto';
import { verifySignature, weaknessOf } from './algorithms.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const data = Buffer.from('thuộc tính');

describe('algorithms', () => {
  it('VN-70: both paddings verify, each only as itself', () => {
    const pss = sign('sha256', data, { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
    const plain = sign('sha256', data, rsa.privateKey);
    const schemes = {
      pkcs1: { key: 'rsa', padding: 'pkcs1', digest: 'sha256' },
      pss: { key: 'rsa', padding: 'pss', digest: 'sha256', saltLength: 32 },
    } as const;
    expect(verifySignature(schemes.pkcs1, rsa.publicKey, data, plain)).toBe(true);
    expect(verifySignature(schemes.pss, rsa.publicKey, data, pss)).toBe(true);
    expect(verifySignature(schemes.pkcs1, rsa.publicKey, data, pss)).toBe(false);
    expect(verifySignature(schemes.pss, rsa.publicKey, data, plain)).toBe(false);
  });

  it('VN-72: SHA-1 and SHA-224 are weak, the SHA-2 and SHA-3 families are not', () => {
    expect(weaknessOf('sha1')).toContain('sha1');
    expect(weaknessOf('sha224')).toContain('sha224');
    for (const digest of ['sha256', 'sha384', 'sha512', 'sha3-256'] as const)
      expect(weaknessOf(digest)).toBeUndefined();
  });

  it('VN-70, VN-71: keys have a least strength', () => {
    expect(weaknessOf('sha256', rsa.publicKey)).toBeUndefined();
    expect(weaknessOf('sha256', generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey)).toBe('RSA 1024');
    expect(weaknessOf('sha256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)).toBeUndefined();
    expect(weaknessOf('sha256', generateKeyPairSync('ec', { namedCurve: 'secp224r1' }).publicKey)).toContain(
      'secp224r1',
    );
  });
});
