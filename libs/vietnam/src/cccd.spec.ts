import { CCCD_PROVINCES } from './cccd-provinces.ts';
import { checkCccd, maskCccd, normaliseCccd, parseCccd, passwordRevealsCccd, sameCccdEntry } from './cccd.ts';

/** Numbers are put together at run time: no citizen number may stand in the repository. */
const cccd = (prefix: string, century: number, year: number, serial = '000123'): string =>
  `${prefix}${century}${String(year).padStart(2, '0')}${serial}`;
const ordinary = cccd('044', 0, 85);
const inYear = { year: 2024 };

describe('citizen number as typed', () => {
  it('CID-01 drops spaces, dots and hyphens between groups', () => {
    const [a, b, c, d] = [ordinary.slice(0, 3), ordinary.slice(3, 6), ordinary.slice(6, 9), ordinary.slice(9)];
    expect(normaliseCccd(` ${a} ${b} ${c} ${d} `)).toBe(ordinary);
    expect(normaliseCccd(`${a}.${b}.${c}-${d}`)).toBe(ordinary);
  });

  it.each([
    ['eleven digits', ordinary.slice(1)],
    ['thirteen digits', `${ordinary}0`],
    ['a letter', `${ordinary.slice(0, 11)}A`],
    ['a full-width digit', `${ordinary.slice(0, 11)}０`],
    ['an Arabic-Indic digit', `${ordinary.slice(0, 11)}٣`],
    ['a separator at the edge', `-${ordinary}`],
    ['nothing', ''],
  ])('CID-01 refuses %s', (_, input) => {
    expect(normaliseCccd(input)).toBeUndefined();
    expect(checkCccd(input, { ...inYear, strictness: 'off' }).refusals).toEqual(['CCCD_FORMAT']);
  });

  it('CID-02 keeps the leading zero', () => {
    const number = normaliseCccd(ordinary);
    expect(number).toHaveLength(12);
    expect(JSON.parse(JSON.stringify({ number }))).toEqual({ number: ordinary });
  });

  it('CID-13 refuses the old nine-digit card number', () => {
    expect(checkCccd('190123456', inYear).refusals).toEqual(['CCCD_FORMAT']);
  });

  it('CID-09 asks for the same number twice', () => {
    expect(sameCccdEntry(ordinary, `${ordinary.slice(0, 3)} ${ordinary.slice(3)}`)).toBe(true);
    expect(sameCccdEntry(ordinary, cccd('044', 0, 85, '000124'))).toBe(false);
    expect(sameCccdEntry('', '')).toBe(false);
  });
});

describe('what the digits say', () => {
  it('CID-03 splits place, sex and century, year and serial', () => {
    expect(parseCccd(ordinary)).toEqual({ provinceCode: '044', sex: 'male', birthYear: 1985, serial: '000123' });
    expect(parseCccd('abc')).toBeUndefined();
  });

  it.each([
    [0, 85, 1985, 'male'],
    [1, 99, 1999, 'female'],
    [2, 0, 2000, 'male'],
    [3, 5, 2005, 'female'],
    [4, 10, 2110, 'male'],
    [9, 99, 2399, 'female'],
  ])('CID-04 CID-05 century digit %i with year %i is %i, %s', (century, year, birthYear, sex) => {
    expect(parseCccd(cccd('044', century, year))).toMatchObject({ birthYear, sex });
  });
});

describe('judging a number for an account', () => {
  it.each([
    [cccd('044', 2, 9), []],
    [cccd('044', 2, 10), ['CCCD_IMPLAUSIBLE_YEAR']],
    [cccd('044', 2, 30), ['CCCD_IMPLAUSIBLE_YEAR']],
    [cccd('044', 0, 24), []],
    [cccd('044', 0, 23), ['CCCD_IMPLAUSIBLE_YEAR']],
  ])('CID-06 wants an age from 15 to 100 (case %#)', (number, refusals) => {
    expect(checkCccd(number, { ...inYear, strictness: 'strict' }).refusals).toEqual(refusals);
  });

  it('CID-07 warns when the personnel record differs', () => {
    expect(checkCccd(ordinary, { ...inYear, record: { birthYear: 1985, sex: 'male' } }).warnings).toEqual([]);
    expect(checkCccd(ordinary, { ...inYear, record: { birthYear: 1986 } }).warnings).toEqual(['CCCD_MISMATCH']);
    expect(checkCccd(ordinary, { ...inYear, record: { sex: 'female' } })).toMatchObject({
      refusals: [],
      warnings: ['CCCD_MISMATCH'],
    });
  });

  it('CID-08 CID-16 accepts exactly 63 of 1000 prefixes in strict mode', () => {
    const accepted = Array.from({ length: 1000 }, (_, index) => String(index).padStart(3, '0')).filter(
      (prefix) => checkCccd(cccd(prefix, 0, 85), { ...inYear, strictness: 'strict' }).refusals.length === 0,
    );
    expect(accepted).toHaveLength(63);
    expect(accepted).toEqual([...CCCD_PROVINCES.keys()].toSorted());
    expect(CCCD_PROVINCES.get('044')).toBe('Quảng Bình');
  });

  it('CID-10 gives ten inputs three outcomes by strictness', () => {
    const inputs = [
      ordinary,
      cccd('001', 1, 70),
      cccd('096', 3, 5),
      cccd('000', 0, 85),
      cccd('097', 1, 85),
      cccd('044', 2, 20),
      cccd('044', 8, 0),
      cccd('003', 6, 50),
      ordinary.slice(1),
      `${ordinary}7`,
    ];
    const refused = (strictness: 'strict' | 'warn' | 'off') =>
      inputs.map((input) => checkCccd(input, { ...inYear, strictness }).refusals.length > 0);
    const warned = (strictness: 'strict' | 'warn' | 'off') =>
      inputs.filter((input) => checkCccd(input, { ...inYear, strictness }).warnings.length > 0).length;
    expect(refused('strict')).toEqual([false, false, false, true, true, true, true, true, true, true]);
    expect(refused('warn')).toEqual([false, false, false, false, false, false, false, false, true, true]);
    expect(refused('off')).toEqual(refused('warn'));
    expect([warned('strict'), warned('warn'), warned('off')]).toEqual([0, 5, 0]);
  });

  it('CID-34 accepts the test prefix in a test realm only', () => {
    const number = cccd('099', 0, 85);
    expect(checkCccd(number, { ...inYear, testRealm: true })).toMatchObject({ refusals: [], warnings: [] });
    expect(checkCccd(number, { ...inYear, strictness: 'off' }).refusals).toEqual(['CCCD_TEST_PREFIX']);
  });
});

describe('keeping the number to oneself', () => {
  it('CID-21 shows the first and last three digits', () => {
    expect(maskCccd(ordinary)).toBe('044******123');
    expect(maskCccd('something else')).toBe('************');
  });

  it('CID-26 finds every run of six digits of the number in a password', () => {
    for (let start = 0; start < 12; start += 1) {
      for (let end = start + 1; end <= 12; end += 1) {
        expect(passwordRevealsCccd(`x${ordinary.slice(start, end)}Y`, ordinary)).toBe(end - start >= 6);
      }
    }
  });

  it.each(['07031985', '03071985', '19850307', '070385', '7.3.85', '07-03-1985'])(
    'CID-26 looks for the birth date as %s',
    (written) => {
      expect(passwordRevealsCccd(`Aa${written}`, ordinary, '1985-03-07')).toBe(written !== '7.3.85');
    },
  );
});
