import { Der, der, generalizedTime, integer, namedBits, oid, sequence, setOf, time, utf8 } from './der.ts';
import { OID } from './oids.ts';

const hex = (text: string): Uint8Array => Buffer.from(text, 'hex');

describe('VN-78: strict DER', () => {
  it.each([
    ['truncated', '3005020101'],
    ['bytes after the element', '02010100'],
    ['indefinite length', '30800000'],
    ['length not minimal', '02810101'],
    ['long tag', '1f810100'],
    ['oversized length', '0285010000000001'],
  ])('refuses %s', (reason, bytes) => {
    expect(() => Der.parse(hex(bytes)).children).toThrow(reason.split(' ')[0]);
  });

  it('refuses deep nesting without exhausting the stack', () => {
    let bytes = Buffer.from(sequence());
    for (let depth = 0; depth < 200; depth += 1) bytes = Buffer.from(sequence(bytes));
    const descend = (element: Der): void => element.children.forEach(descend);
    expect(() => descend(Der.parse(bytes))).toThrow('nested too deeply');
  });

  it('reads what it writes', () => {
    expect(Der.parse(oid(OID.signingCertificateV2)).oid).toBe(OID.signingCertificateV2);
    expect(Der.parse(oid('2.999.3')).oid).toBe('2.999.3');
    for (const value of [0n, 127n, 128n, 255n, 256n, 2n ** 127n]) expect(Der.parse(integer(value)).bigint).toBe(value);
    expect(Der.parse(hex('0201ff')).bigint).toBe(-1n);
    expect(Der.parse(utf8('Quảng Bình')).text).toBe('Quảng Bình');
    expect([...Der.parse(namedBits([0, 1, 6])).namedBits]).toEqual([0, 1, 6]);
    expect(
      Buffer.from(der(4, Buffer.alloc(300)))
        .subarray(0, 4)
        .toString('hex'),
    ).toBe('0482012c');
  });

  it('reads both kinds of time', () => {
    const at = new Date('2026-11-23T02:00:00Z');
    expect(Der.parse(time(at)).time).toEqual(at);
    expect(Der.parse(generalizedTime(at)).time).toEqual(at);
    expect(Der.parse(time(new Date('2050-01-01T00:00:00Z'))).tag).toBe(0x18);
    expect(() => Der.parse(der(0x17, Buffer.from('2611230200+0700'))).time).toThrow('time');
  });

  it('PAD-04: sorts a SET OF by encoding', () => {
    const sorted = Der.parse(setOf([integer(300), integer(2), integer(1)])).children.map((item) => item.integer);
    expect(sorted).toEqual([1, 2, 300]);
  });
});
