import { possibleSigners, signerIdentity } from './arrived-signer.ts';
import { citizenNumberIn } from './holder-number.ts';

const an = { userId: 'director', fullName: 'Nguyễn Văn An', title: 'Giám đốc' };
const other = { userId: 'officer', fullName: 'Nguyễn Văn An', title: 'Chuyên viên' };
const staff = [an, other, { userId: 'clerk', fullName: 'Hoàng Thị Hạnh', title: 'Văn thư' }];
const number = ['099', '085', '000', '101'].join('');

describe('F-04 VN-05 the signer of an arrived document', () => {
  it.each([
    ['Giám đốc', ['director']],
    [' GIÁM  ĐỐC', ['director']],
    ['Chuyên viên', ['officer']],
    ['KT. GIÁM ĐỐC', ['director', 'officer']],
    ['', ['director', 'officer']],
  ])('is sought among those of his name and, of several, his position %p', (position, expected) => {
    expect(possibleSigners(staff, 'nguyễn văn  AN', position)).toEqual(expected);
  });

  it('who changed his post is the same person, and a stranger is nobody', () => {
    expect(possibleSigners([an, { ...an, title: 'Phó Giám đốc' }], 'Nguyễn Văn An', '')).toEqual(['director']);
    expect(possibleSigners(staff, 'Trần Bình', 'Giám đốc')).toBeUndefined();
  });

  it.each([
    [['another', 'confirmed'], 'confirmed'],
    [['another', 'another'], 'another'],
    [['another', 'not_told'], 'unproven'],
    [['not_named'], 'unproven'],
    [[], 'unproven'],
  ] as const)('by numbers %j he is %s', (matches, expected) => {
    expect(signerIdentity(matches)).toBe(expected);
  });

  it.each([
    [[`CCCD:${number}`], number],
    [['CCCD:099 085 000.101'], number],
    [['MST:3100123456', `CCCD:${number}`], number],
    [[`CCCD:${number}`, 'CCCD:099085000102'], undefined],
    [[`CCCD:${number}`, 'CCCD:1'], undefined],
    [[`CMND:${number}`], undefined],
    [['HC:B1234567'], undefined],
    [['CCCD:'], undefined],
    [[number], undefined],
    [[], undefined],
  ])('PR-08 the citizen number in %j is %s', (uids, expected) => {
    expect(citizenNumberIn(uids)).toBe(expected);
  });
});
