import {
  COPY_KINDS,
  DOCUMENT_KINDS,
  documentKind,
  documentKindByAbbreviation,
  documentKindByName,
} from './document-kinds.ts';
import type { DocumentKindCode } from './document-kinds.ts';
import {
  composeDocumentCode,
  composeSymbol,
  documentCodeKey,
  formatDocumentNumber,
  parseDocumentCode,
} from './document-symbol.ts';

describe('kinds of documents', () => {
  it('NĐ30-A7 there are 29 kinds in their order, and 3 kinds of copies', () => {
    expect(DOCUMENT_KINDS).toHaveLength(29);
    expect(COPY_KINDS).toHaveLength(3);
    expect(documentKind('official_letter').ordinal).toBe(18);
    expect(DOCUMENT_KINDS.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 29 }, (_, index) => index + 1));
  });

  it('NĐ30-PL3-I abbreviations differ; only letters and official notes have none', () => {
    const all = [...DOCUMENT_KINDS, ...COPY_KINDS];
    const abbreviations = all.flatMap(({ abbreviation }) => abbreviation ?? []);
    expect(new Set(abbreviations).size).toBe(abbreviations.length);
    expect(all.filter(({ abbreviation }) => abbreviation === null).map(({ code }) => code)).toEqual([
      'official_letter',
      'official_note',
    ]);
  });

  it('EX-NUM-1 letter case of an abbreviation is kept and decides', () => {
    expect(documentKindByAbbreviation('TTr')?.code).toBe('submission');
    expect(documentKindByAbbreviation('TTR')).toBeUndefined();
    expect(documentKindByAbbreviation('QyĐ')?.code).toBe('rules');
    expect(documentKindByAbbreviation('QĐ'.normalize('NFD'))?.code).toBe('decision');
    expect(composeSymbol({ kind: 'submission', issuer: 'STTTT' })).toBe('TTr-STTTT');
  });

  it('NĐ30-A7 a kind is found by its name as people write it', () => {
    for (const kind of DOCUMENT_KINDS) expect(documentKindByName(kind.name.toUpperCase())).toBe(kind);
    expect(documentKindByName(' Quyết  định (cá biệt)')?.code).toBe('decision');
    expect(documentKindByName('Bản thoả thuận')?.code).toBe('agreement');
    expect(documentKindByName('Giấy uỷ quyền')?.code).toBe('authorisation');
    expect(documentKindByName('Thông tư')).toBeUndefined();
  });

  it('refuses a code that is no kind', () => {
    expect(() => documentKind('law' as DocumentKindCode)).toThrow(RangeError);
  });
});

describe('number and symbol of own documents', () => {
  it.each([
    [7, '07'],
    [10, '10'],
    [123, '123'],
    [1, '01'],
  ])('NĐ30-PL1-T2 number %i is printed %s', (number, printed) => {
    expect(formatDocumentNumber(number)).toBe(printed);
  });

  it.each([0, -1, 1.5, Number.NaN])('NĐ30-PL1-T2 %d is no number of a document', (number) => {
    expect(() => formatDocumentNumber(number)).toThrow(RangeError);
  });

  it.each([
    [5, 'official_letter', 'BNV', 'VP', '05/BNV-VP'],
    [15, 'decision', 'BNV', undefined, '15/QĐ-BNV'],
    [12, 'official_letter', 'UBND', 'VX', '12/UBND-VX'],
    [123, 'official_letter', 'STTTT', 'CNTT', '123/STTTT-CNTT'],
    [2, 'copy_extract', 'UBND', undefined, '02/TrS-UBND'],
  ] as const)('NĐ30-PL1-II.3c-1 %i of %s is printed as %s-%s: %s', (number, kind, issuer, unit, printed) => {
    const symbol = composeSymbol({ kind, issuer, ...(unit === undefined ? {} : { unit }) });
    expect(composeDocumentCode(number, symbol)).toBe(printed);
  });

  it('NĐ30-PL1-II.3b-1 a named kind has kind and issuer in its symbol', () => {
    expect(composeSymbol({ kind: 'decision', issuer: 'UBND' })).toBe('QĐ-UBND');
    expect(composeSymbol({ kind: 'decision', issuer: 'UBND', unit: 'VX' })).toBe('QĐ-UBND');
  });

  it('NĐ30-PL1-II.3b-2 a letter has issuer and unit or field, and cannot do without', () => {
    expect(composeSymbol({ kind: 'official_letter', issuer: 'STTTT', unit: 'CNTT' })).toBe('STTTT-CNTT');
    expect(() => composeSymbol({ kind: 'official_letter', issuer: 'STTTT' })).toThrow(RangeError);
    expect(() => composeSymbol({ kind: 'decision', issuer: 'UB ND' })).toThrow(RangeError);
    expect(composeSymbol({ kind: 'official_note', issuer: 'STTTT' })).toBe('STTTT');
  });

  it('EX-NUM-2 a normative document carries the year, others do not', () => {
    expect(composeDocumentCode(25, 'QĐ-UBND', 2019)).toBe('25/2019/QĐ-UBND');
    expect(composeDocumentCode(1945, 'QĐ-UBND')).toBe('1945/QĐ-UBND');
  });

  it('NĐ30-PL1-II.3b-1 NĐ30-PL1-II.3b-2 every composed code is read back', () => {
    const issuers = ['UBND', 'STTTT', 'SLĐTBXH', 'SNgV', 'ĐHQB', 'BQLDA.1'];
    const units = ['VX', 'CNTT', 'TCHC', 'đt2'];
    for (const { code, abbreviation } of [...DOCUMENT_KINDS, ...COPY_KINDS]) {
      for (let number = 1; number < 2000; number += 97) {
        const issuer = issuers[number % issuers.length] ?? '';
        const symbol = composeSymbol({ kind: code, issuer, unit: units[number % units.length] ?? '' });
        const documentCode = composeDocumentCode(number, symbol);
        expect(parseDocumentCode(`Số: ${documentCode}`)).toMatchObject({
          number: formatDocumentNumber(number),
          symbol,
        });
        if (abbreviation !== null) expect(parseDocumentCode(documentCode)?.kindHint?.code).toBe(code);
        expect(documentCodeKey(` số ${number} / ${symbol}/`)).toBe(documentCodeKey(documentCode));
      }
    }
  });
});

describe('numbers and symbols of others', () => {
  it.each([
    ['7816/VPCP-TTĐT', { number: '7816', symbol: 'VPCP-TTĐT' }],
    ['Số: 12a/UBND-VX', { number: '12a', symbol: 'UBND-VX' }],
    ['số 05 / QĐ – UBND', { number: '05', symbol: 'QĐ-UBND' }],
    ['25/2019/QĐ-UBND', { number: '25', year: 2019, symbol: 'QĐ-UBND' }],
    ['2450/VPCP-KGVX/', { number: '2450', symbol: 'VPCP-KGVX' }],
    ['QĐ-UBND', { number: '', symbol: 'QĐ-UBND' }],
    ['123', { number: '123', symbol: '' }],
    ['30/2020/NĐ-CP', { number: '30', year: 2020, symbol: 'NĐ-CP' }],
    ['1242/NQ-UBTVQH15', { number: '1242', symbol: 'NQ-UBTVQH15' }],
  ])('NĐ30-PL6-T1 %s is read, not judged', (text, parsed) => {
    expect(parseDocumentCode(text)).toMatchObject(parsed);
  });

  it('NĐ30-PL6-T1 nothing is read from nothing', () => {
    expect(parseDocumentCode(' Số: / ')).toBeUndefined();
    expect(documentCodeKey('')).toBe('');
  });

  it('NĐ30-PL6-F1h writings of one code have one key, different codes have different ones', () => {
    expect(documentCodeKey('Số: 05/QĐ-UBND')).toBe(documentCodeKey('5/QĐ – UBND'));
    const codes = ['05/QĐ-UBND', '50/QĐ-UBND', '05/QyĐ-UBND', '05/2024/QĐ-UBND', '5a/QĐ-UBND'];
    expect(new Set(codes.map(documentCodeKey)).size).toBe(codes.length);
  });
});
