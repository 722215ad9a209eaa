import { codeOf, documentTypeCode, maintenanceCode } from './code-lists.ts';
import { AIP_DOCUMENT, SIP_DOCUMENT, SIP_DOSSIER } from './field-table.ts';
import { checkRecord, isoDate, normaliseRecord, vietnameseDate } from './record.ts';

describe('MD-2 document kinds map by name, never by number', () => {
  // The 29 kinds in the order of Nghị định 30/2020 with their TYPE code.
  it.each([
    ['Nghị quyết', '01'],
    ['Quyết định', '02'],
    ['Chỉ thị', '03'],
    ['Quy chế', '04'],
    ['Quy định', '05'],
    ['Thông cáo', '06'],
    ['Thông báo', '07'],
    ['Hướng dẫn', '08'],
    ['Chương trình', '09'],
    ['Kế hoạch', '10'],
    ['Phương án', '11'],
    ['Đề án', '12'],
    ['Dự án', '13'],
    ['Báo cáo', '14'],
    ['Biên bản', '20'],
    ['Tờ trình', '15'],
    ['Hợp đồng', '21'],
    ['Công văn', '22'],
    ['Công điện', '23'],
    ['Bản ghi nhớ', '24'],
    ['Bản thỏa thuận', '25'],
    ['Giấy ủy quyền', '16'],
    ['Giấy mời', '26'],
    ['Giấy giới thiệu', '27'],
    ['Giấy nghỉ phép', '28'],
    ['Phiếu gửi', '17'],
    ['Phiếu chuyển', '18'],
    ['Phiếu báo', '19'],
    ['Thư công', '29'],
  ])('%s is %s', (name, code) => {
    expect(documentTypeCode(name)).toEqual({ code });
    expect(documentTypeCode(name.toUpperCase().normalize('NFD'))).toEqual({ code });
  });

  it.each(['Thông tư', 'Nghị định', 'Luật', '15'])('%s is "Khác" with the true name as keyword', (name) => {
    expect(documentTypeCode(name)).toEqual({ code: '32', keyword: name });
  });
});

describe('MD-1 a period without a code is never rounded', () => {
  it.each([
    [70, '02'],
    [50, '03'],
    [30, '04'],
    [20, '05'],
    [10, '06'],
  ])('%d years are %s', (years, code) => expect(maintenanceCode({ kind: 'years', years })).toEqual({ code }));

  it.each([3, 5, 15])('%d years are "Khác" with the exact words', (years) => {
    expect(maintenanceCode({ kind: 'years', years })).toEqual({
      code: '07',
      description: `Thời hạn lưu trữ: ${years} năm`,
    });
  });

  it('knows permanent and what an event ends', () => {
    expect(maintenanceCode({ kind: 'permanent' })).toEqual({ code: '01' });
    expect(maintenanceCode({ kind: 'event', description: 'theo tuổi thọ công trình' }).code).toBe('07');
  });
});

describe('MD-6 tables of the circular', () => {
  it('have 18 fields for a dossier, 21 for a document handed in, 19 for one in the archive', () => {
    expect([SIP_DOSSIER, SIP_DOCUMENT, AIP_DOCUMENT].map((table) => table.fields.length)).toEqual([18, 21, 19]);
    expect(SIP_DOSSIER.fields.map((field) => field.name)).toEqual(
      expect.arrayContaining(['riskRecovery', 'riskRecoveryStatus', 'paperFileCode']),
    );
  });
});

describe('MD-4 text', () => {
  it('is put into NFC and refused when XML cannot carry it', () => {
    expect(normaliseRecord(SIP_DOSSIER, { title: ' Quyết'.normalize('NFD') })['title']).toBe('Quyết'.normalize('NFC'));
    const faults = checkRecord(SIP_DOSSIER, { title: 'a\u0007b' }).filter((fault) => fault.field === 'title');
    expect(faults.map((fault) => fault.reason)).toEqual(['bad-text']);
  });

  it('MD-8 turns names of code lists into codes', () => {
    expect(normaliseRecord(SIP_DOSSIER, { mode: 'có điều kiện', language: 'Tiếng Việt; Tiếng Anh' })).toEqual({
      mode: '02',
      language: '01;02',
    });
    expect(codeOf('LANG', 'Tiếng Lào')).toBeUndefined();
  });

  it('reads and writes dates of the calendar only', () => {
    expect(isoDate('29/02/2028')).toBe('2028-02-29');
    expect(isoDate('29/02/2026')).toBeUndefined();
    expect(vietnameseDate('2026-11-23')).toBe('23/11/2026');
    expect(() => vietnameseDate('23/11/2026')).toThrow(RangeError);
  });
});
