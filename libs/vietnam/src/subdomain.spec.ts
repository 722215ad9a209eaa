import {
  deriveHost,
  foldHostLabel,
  hostAgency,
  hostAliasLabels,
  hostLabel,
  hostLabelFault,
  hostOf,
  hostOwner,
  isHostLabel,
} from './subdomain.ts';
import type { HostedAgency } from './subdomain.ts';

const BASE = 'quangbinh.gov.vn';

type Row = [code: string, name: string, shortName: string, level: HostedAgency['level'], host: string];
/** One row per agency of the worked examples: departments, provincial units, districts, and units below them. */
const EXAMPLES: Row[] = [
  ['H46', 'Ủy ban nhân dân tỉnh Quảng Bình', 'UBND', 'province', 'qlvb.quangbinh.gov.vn'],
  ['H46.01', 'Văn phòng Ủy ban nhân dân tỉnh', 'VPUBND', 'department', 'qlvb-vpubnd.quangbinh.gov.vn'],
  ['H46.02', 'Sở Nội vụ', 'SNV', 'department', 'qlvb-snv.quangbinh.gov.vn'],
  ['H46.03', 'Sở Tư pháp', 'STP', 'department', 'qlvb-stp.quangbinh.gov.vn'],
  ['H46.04', 'Sở Kế hoạch và Đầu tư', 'SKHĐT', 'department', 'qlvb-skhdt.quangbinh.gov.vn'],
  ['H46.05', 'Sở Tài chính', 'STC', 'department', 'qlvb-stc.quangbinh.gov.vn'],
  ['H46.06', 'Sở Công Thương', 'SCT', 'department', 'qlvb-sct.quangbinh.gov.vn'],
  ['H46.07', 'Sở Nông nghiệp và Phát triển nông thôn', 'SNNPTNT', 'department', 'qlvb-snnptnt.quangbinh.gov.vn'],
  ['H46.08', 'Sở Giao thông vận tải', 'SGTVT', 'department', 'qlvb-sgtvt.quangbinh.gov.vn'],
  ['H46.09', 'Sở Xây dựng', 'SXD', 'department', 'qlvb-sxd.quangbinh.gov.vn'],
  ['H46.10', 'Sở Tài nguyên và Môi trường', 'STNMT', 'department', 'qlvb-stnmt.quangbinh.gov.vn'],
  ['H46.11', 'Sở Thông tin và Truyền thông', 'STTTT', 'department', 'qlvb-stttt.quangbinh.gov.vn'],
  ['H46.12', 'Sở Lao động - Thương binh và Xã hội', 'SLĐTBXH', 'department', 'qlvb-sldtbxh.quangbinh.gov.vn'],
  ['H46.13', 'Sở Văn hóa và Thể thao', 'SVHTT', 'department', 'qlvb-svhtt.quangbinh.gov.vn'],
  ['H46.14', 'Sở Du lịch', 'SDL', 'department', 'qlvb-sdl.quangbinh.gov.vn'],
  ['H46.15', 'Sở Khoa học và Công nghệ', 'SKHCN', 'department', 'qlvb-skhcn.quangbinh.gov.vn'],
  ['H46.16', 'Sở Giáo dục và Đào tạo', 'SGDĐT', 'department', 'qlvb-sgddt.quangbinh.gov.vn'],
  ['H46.17', 'Sở Y tế', 'SYT', 'department', 'qlvb-syt.quangbinh.gov.vn'],
  ['H46.18', 'Sở Ngoại vụ', 'SNgV', 'department', 'qlvb-sngv.quangbinh.gov.vn'],
  ['H46.19', 'Thanh tra tỉnh', 'TTT', 'department', 'qlvb-ttt.quangbinh.gov.vn'],
  ['H46.20', 'Ban Dân tộc', 'BDT', 'department', 'qlvb-bdt.quangbinh.gov.vn'],
  ['H46.21', 'Ban Quản lý Khu kinh tế', 'BQLKKT', 'department', 'qlvb-bqlkkt.quangbinh.gov.vn'],
  ['H46.31', 'Ban Quản lý Vườn quốc gia Phong Nha - Kẻ Bàng', 'BQLVQGPNKB', 'unit', 'qlvb-bqlvqgpnkb.quangbinh.gov.vn'],
  [
    'H46.32',
    'Ban Quản lý dự án đầu tư xây dựng công trình Dân dụng và Công nghiệp tỉnh',
    'BQLDADDCN',
    'unit',
    'qlvb-bqldaddcn.quangbinh.gov.vn',
  ],
  [
    'H46.33',
    'Ban Quản lý dự án đầu tư xây dựng công trình Giao thông tỉnh',
    'BQLDAGT',
    'unit',
    'qlvb-bqldagt.quangbinh.gov.vn',
  ],
  [
    'H46.34',
    'Ban Quản lý dự án đầu tư xây dựng công trình Nông nghiệp và Phát triển nông thôn tỉnh',
    'BQLDANN',
    'unit',
    'qlvb-bqldann.quangbinh.gov.vn',
  ],
  ['H46.35', 'Trường Đại học Quảng Bình', 'ĐHQB', 'unit', 'qlvb-dhqb.quangbinh.gov.vn'],
  [
    'H46.36',
    'Trường Cao đẳng Kỹ thuật Công - Nông nghiệp Quảng Bình',
    'CĐKTCNN',
    'unit',
    'qlvb-cdktcnn.quangbinh.gov.vn',
  ],
  ['H46.37', 'Đài Phát thanh và Truyền hình Quảng Bình', 'ĐPTTH', 'unit', 'qlvb-dptth.quangbinh.gov.vn'],
  ['H46.61', 'Ủy ban nhân dân thành phố Đồng Hới', 'UBND', 'district', 'qlvb-donghoi.quangbinh.gov.vn'],
  ['H46.62', 'Ủy ban nhân dân thị xã Ba Đồn', 'UBND', 'district', 'qlvb-badon.quangbinh.gov.vn'],
  ['H46.63', 'Ủy ban nhân dân huyện Minh Hóa', 'UBND', 'district', 'qlvb-minhhoa.quangbinh.gov.vn'],
  ['H46.64', 'Ủy ban nhân dân huyện Tuyên Hóa', 'UBND', 'district', 'qlvb-tuyenhoa.quangbinh.gov.vn'],
  ['H46.65', 'Ủy ban nhân dân huyện Quảng Trạch', 'UBND', 'district', 'qlvb-quangtrach.quangbinh.gov.vn'],
  ['H46.66', 'Ủy ban nhân dân huyện Bố Trạch', 'UBND', 'district', 'qlvb-botrach.quangbinh.gov.vn'],
  ['H46.67', 'Ủy ban nhân dân huyện Quảng Ninh', 'UBND', 'district', 'qlvb-quangninh.quangbinh.gov.vn'],
  ['H46.68', 'Ủy ban nhân dân huyện Lệ Thủy', 'UBND', 'district', 'qlvb-lethuy.quangbinh.gov.vn'],
  ['H46.11.01', 'Trung tâm Công nghệ thông tin và Truyền thông', 'TTCNTTTT', 'unit', 'qlvb-stttt.quangbinh.gov.vn'],
  ['H46.07.01', 'Chi cục Kiểm lâm', 'CCKL', 'unit', 'qlvb-snnptnt.quangbinh.gov.vn'],
  ['H46.01.01', 'Trung tâm Tin học - Công báo tỉnh', 'TTTHCB', 'unit', 'qlvb-vpubnd.quangbinh.gov.vn'],
  ['H46.17.13', 'Trung tâm Y tế huyện Lệ Thủy', 'TTYTLT', 'unit', 'qlvb-syt.quangbinh.gov.vn'],
  ['H46.16.01', 'Trường THPT Chuyên Võ Nguyên Giáp', 'THPTCVNG', 'unit', 'qlvb-sgddt.quangbinh.gov.vn'],
  ['H46.67.02', 'Phòng Nội vụ huyện Quảng Ninh', 'PNV', 'unit', 'qlvb-quangninh.quangbinh.gov.vn'],
  ['H46.61.11', 'Phòng Quản lý đô thị thành phố Đồng Hới', 'PQLĐT', 'unit', 'qlvb-donghoi.quangbinh.gov.vn'],
  ['H46.68.32', 'Ủy ban nhân dân thị trấn Kiến Giang', 'UBND', 'commune', 'qlvb-lethuy.quangbinh.gov.vn'],
  ['H46.62.31', 'Ủy ban nhân dân phường Ba Đồn', 'UBND', 'commune', 'qlvb-badon.quangbinh.gov.vn'],
  ['H46.66.32', 'Ủy ban nhân dân thị trấn Nông trường Việt Trung', 'UBND', 'commune', 'qlvb-botrach.quangbinh.gov.vn'],
];
const agencies = new Map(
  EXAMPLES.map(([code, name, shortName, level]) => [code, { code, name, shortName, level }] as const),
);
const agencyOf = (code: string) => {
  const agency = agencies.get(code);
  if (!agency) throw new Error(`no example ${code}`);
  return agency;
};
const parentOf = ({ code }: { code: string }) =>
  code.includes('.') ? agencies.get(code.slice(0, code.lastIndexOf('.'))) : undefined;

describe('hosts by article 8 of the regulation', () => {
  it.each(EXAMPLES)('DOM-01 DOM-07 DOM-08 %s %s', (code, _name, _shortName, _level, host) => {
    expect(deriveHost(agencyOf(code), parentOf, BASE)).toBe(host);
  });

  it('DOM-08 a unit far below the province enters through the department', () => {
    const tree = new Map([
      ['unit', 'office'],
      ['office', 'department'],
      ['department', 'province'],
    ]);
    expect(hostOwner('unit', (agency) => tree.get(agency))).toBe('department');
    expect(hostOwner('department', (agency) => tree.get(agency))).toBe('department');
    expect(hostOwner('province', (agency) => tree.get(agency))).toBe('province');
  });

  it('DOM-06 the district Quảng Ninh keeps its whole name', () => {
    expect(hostLabel(agencyOf('H46.67'))).toBe('quangninh');
  });
});

describe('labels', () => {
  it.each([
    ['Đồng Hới', 'donghoi'],
    ['Ba Đồn', 'badon'],
    ['Lệ Thủy', 'lethuy'],
    ['Lệ Thuỷ', 'lethuy'],
    ['Tuyên Hóa', 'tuyenhoa'],
    ['Tuyên Hoá', 'tuyenhoa'],
    ['SGDĐT', 'sgddt'],
    ['SNgV', 'sngv'],
  ])('DOM-05 %s folds to %s, composed or not', (text, label) => {
    expect(foldHostLabel(text)).toBe(label);
    expect(foldHostLabel(text.normalize('NFD'))).toBe(label);
  });

  it('DOM-04 has 2 to 58 letters and digits', () => {
    expect(['ab', 'a'.repeat(58), 'so1'].every(isHostLabel)).toBe(true);
    expect(['a', 'a'.repeat(59), 'a-b', 'xn--a', 'Ab', 'đn', ''].some(isHostLabel)).toBe(false);
    expect(hostOf('a'.repeat(58), BASE).split('.')[0]).toHaveLength(63);
  });

  it('DOM-03 is refused when malformed, reserved or taken', () => {
    const taken = new Set(['snv']);
    expect(hostLabelFault('snv', taken)).toBe('HOST_TAKEN');
    expect(hostLabelFault('admin', taken)).toBe('HOST_RESERVED');
    expect(hostLabelFault('s-v', taken)).toBe('HOST_MALFORMED');
    expect(hostLabelFault('sngv', taken)).toBeUndefined();
  });

  it('DOM-09 aliases come from the abbreviations once used', () => {
    expect(hostAliasLabels(['SNN', 'KKT', 'Đ'])).toEqual(['snn', 'kkt']);
  });
});

describe('reading a Host header', () => {
  it.each([
    ['qlvb.quangbinh.gov.vn', { kind: 'shared' }],
    ['QLVB-STTTT.QuangBinh.gov.vn', { kind: 'agency', label: 'stttt' }],
    ['qlvb-stttt.quangbinh.gov.vn.', { kind: 'agency', label: 'stttt' }],
    ['qlvb-stttt.quangbinh.gov.vn:8443', { kind: 'agency', label: 'stttt' }],
    ['qlvb-stttt.quangbinh.gov.vn.:8443', { kind: 'agency', label: 'stttt' }],
  ])('DOM-20 reads %s', (host, address) => {
    expect(hostAgency(host, BASE)).toEqual(address);
  });

  it('DOM-20 works for another base domain', () => {
    expect(hostAgency('qlvb-stttt.localhost:3000', 'localhost')).toEqual({ kind: 'agency', label: 'stttt' });
    expect(hostAgency('qlvb.localhost', 'localhost')).toEqual({ kind: 'shared' });
  });

  it.each([
    '',
    'quangbinh.gov.vn',
    'stttt.quangbinh.gov.vn',
    'qlvb-.quangbinh.gov.vn',
    'qlvb-a.quangbinh.gov.vn',
    'qlvb-s_t.quangbinh.gov.vn',
    'qlvb-s-t.quangbinh.gov.vn',
    'qlvb-stttt.quangbinh.gov.vn..',
    'qlvb-stttt.quangbinh.gov.vn:',
    'qlvb-stttt.quangbinh.gov.vn:999999',
    'qlvb-stttt.quangbinh.gov.vn.evil.example',
    'evil.qlvb-stttt.quangbinh.gov.vn',
    'qlvb-stttt.quangbinhxgov.vn',
    `qlvb-${'a'.repeat(59)}.quangbinh.gov.vn`,
    '10.0.0.1',
    '[::1]:80',
    'qlvb-stttt.quangbinh.gov.vn qlvb.quangbinh.gov.vn',
    'qlvb-sttțt.quangbinh.gov.vn',
  ])('DOM-20 does not know %j', (host) => {
    expect(hostAgency(host, BASE)).toBeUndefined();
  });
});
