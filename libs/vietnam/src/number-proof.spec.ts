import { numberProof, numberProofKey } from './number-proof.ts';

const key = (fill: number) => numberProofKey(Buffer.alloc(32, fill).toString('base64url'));
const number = ['099', '180', '001', '234'].join('');

describe('proofs of citizen numbers', () => {
  it('CID-20 F-04 VN-05 one number of one person has one proof, under one key', async () => {
    const proof = await numberProof(key(1), 'user-1', number);
    expect(proof).toMatch(/^[\w-]{43}$/);
    expect(await numberProof(key(1), 'user-1', number)).toBe(proof);
    for (const other of [
      await numberProof(key(2), 'user-1', number),
      await numberProof(key(1), 'user-2', number),
      await numberProof(key(1), 'user-1', number.replace('234', '235')),
    ])
      expect(other).not.toBe(proof);
  });

  it('CID-20 a key is 32 bytes and its id tells nothing of it', () => {
    expect(() => numberProofKey('c2hvcnQ')).toThrow('32 bytes');
    expect(key(1).id).toMatch(/^[0-9a-f]{16}$/);
    expect(key(1).id).not.toBe(key(2).id);
  });
});
