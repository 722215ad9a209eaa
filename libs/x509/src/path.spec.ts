import { generateKeyPairSync } from 'node:crypto';
import { answerOcsp, issueCrl, ocspRequest, OcspResponse, OID, readOcspRequest, validatePath } from './index.ts';
import type { Issuer, PathOptions, RevocationEvidence } from './index.ts';
import { certificatesAround } from './testing/certificates-around.ts';

const at = new Date('2026-11-23T02:00:00Z');
const day = 24 * 3600 * 1000;
const days = (count: number): Date => new Date(at.getTime() + count * day);

const make = certificatesAround(at);

const ca = { keyUsages: ['keyCertSign', 'cRLSign'], ca: {} } as const;
const root = make('Gốc', ca);
const authority = make('Trung gian', { ...ca, ca: { pathLength: 0 } }, root);
const person = make('Người ký', {}, authority);

const codes = (leaf: Issuer, options: Partial<PathOptions> = {}): readonly string[] =>
  validatePath(leaf.certificate, {
    trust: { anchors: [root.certificate], intermediates: [authority.certificate] },
    at,
    revocation: 'ignore',
    ...options,
  }).faults.map(({ code }) => code);

describe('a path to a trust anchor', () => {
  it('VN-41: is found through known and offered authorities', () => {
    expect(codes(person)).toEqual([]);
    expect(codes(person, { trust: { anchors: [root.certificate] } })).toEqual(['no-path']);
    expect(codes(person, { trust: { anchors: [root.certificate] }, offered: [authority.certificate] })).toEqual([]);
  });

  it('VN-83: an anchor may stand in the middle', () => {
    expect(codes(person, { trust: { anchors: [authority.certificate] } })).toEqual([]);
  });

  it('VN-50: holds only within the validity of every certificate', () => {
    expect(codes(person, { at: days(11) })).toEqual(['expired', 'expired']);
    expect(codes(person, { at: days(-11) })).toEqual(['not-yet-valid', 'not-yet-valid']);
  });

  it('ATT-15: an authority of the same name with another key is no issuer', () => {
    const fake = make('Trung gian', { ...ca, ca: {} }, root);
    expect(codes(make('Giả', {}, fake))).toEqual(['no-path']);
  });

  it('ATT-15: a person is no authority', () => {
    expect(codes(make('Giả', {}, person), { offered: [person.certificate] })).toEqual(
      expect.arrayContaining(['not-a-ca', 'wrong-key-usage']),
    );
  });

  it('ATT-15: the path length is kept', () => {
    const below = make('Dưới', ca, authority);
    expect(codes(make('Giả', {}, below), { offered: [below.certificate] })).toEqual(['path-too-long']);
  });

  it('VN-52: keys below the allowed strength are a fault', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    expect(codes(make('Yếu', { publicKey }, authority))).toEqual(['weak-algorithm']);
  });

  it('ends when authorities certify each other', () => {
    const loop = make('Vòng', ca);
    const back = make('Vòng', { ...ca }, loop);
    expect(codes(make('Lá', {}, loop), { offered: [loop.certificate, back.certificate] })).toEqual(['no-path']);
  });
});

describe('revocation', () => {
  const status = (evidence: Partial<RevocationEvidence>, when = at): readonly string[] =>
    codes(person, {
      trust: { anchors: [authority.certificate] },
      at: when,
      now: at,
      revocation: 'require',
      evidence: { ocspResponses: [], crls: [], ...evidence },
    });
  const list = (issuer: Issuer, revokedAt?: Date, nextUpdate = days(1)): RevocationEvidence['crls'] => {
    const revoked = revokedAt ? [{ serial: person.certificate.serial, at: revokedAt, reason: 1 }] : [];
    return [issueCrl(issuer, { number: 1, thisUpdate: days(-1), nextUpdate, revoked })];
  };
  const ocsp = (responder: Issuer, revokedAt?: Date): RevocationEvidence['ocspResponses'] => {
    const request = readOcspRequest(ocspRequest(person.certificate, authority.certificate));
    const answer = revokedAt
      ? ({ status: 'revoked', at: revokedAt, reason: 1 } as const)
      : ({ status: 'good' } as const);
    const bytes = answerOcsp(request, responder, authority.certificate, {
      now: at,
      nextUpdate: days(1),
      statusOf: () => answer,
    });
    return [OcspResponse.parse(bytes)];
  };

  it('VN-51: is unknown without a list or an answer', () => expect(status({})).toEqual(['revocation-unknown']));

  it.each<[string, Partial<RevocationEvidence>, readonly string[]]>([
    ['a list without the certificate', { crls: list(authority) }, []],
    ['a list with it', { crls: list(authority, days(-1)) }, ['revoked']],
    ['a list where it was revoked later', { crls: list(authority, days(0.5)) }, []],
    ['an answer good', { ocspResponses: ocsp(authority) }, []],
    ['an answer revoked', { ocspResponses: ocsp(authority, days(-1)) }, ['revoked']],
    ['good and revoked together', { ocspResponses: ocsp(authority), crls: list(authority, days(-1)) }, ['revoked']],
  ])('VN-50: %s', (_, evidence, expected) => expect(status(evidence)).toEqual(expected));

  it.each<[string, Partial<RevocationEvidence>]>([
    ['an old list', { crls: list(authority, undefined, days(-0.5)) }],
    ['a list of another authority', { crls: list(root) }],
    ['a list by another key under the same name', { crls: list(make('Trung gian', ca)) }],
    ['an answer by the certificate itself', { ocspResponses: ocsp(person) }],
    ['an answer by a responder without the purpose', { ocspResponses: ocsp(make('Trả lời', {}, authority)) }],
    [
      'an answer by a responder of another authority',
      { ocspResponses: ocsp(make('Trả lời', { extendedKeyUsages: [OID.ocspSigning] }, root)) },
    ],
  ])('ATT-16: %s counts for nothing', (_, evidence) => expect(status(evidence)).toEqual(['revocation-unknown']));

  it('VN-51: a responder certified for it may answer', () => {
    const responder = make('Trả lời', { extendedKeyUsages: [OID.ocspSigning] }, authority);
    expect(status({ ocspResponses: ocsp(responder) })).toEqual([]);
  });
});
