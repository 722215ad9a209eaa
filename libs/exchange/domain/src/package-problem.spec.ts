import { packageProblemLabel } from './package-problem.ts';

describe('F-53 what went wrong with a package', () => {
  it.each([
    ['storage.object-missing: The file is no longer in the store; the fault was recorded.', 'interpretation-failed', 'Gói tin không còn trong kho tệp'], // prettier-ignore
    ['edxml.truncated: Gói tin kết thúc giữa chừng.', 'package-unreadable', 'Gói tin kết thúc giữa chừng'],
    ['Gói tin không đúng cú pháp XML.', 'package-unreadable', 'Nội dung không đúng định dạng gói tin edXML'],
    ['the process used more than 384 MiB', 'package-too-costly', 'Gói tin vượt giới hạn xử lý của hệ thống'],
    ['connect ECONNREFUSED 127.0.0.1:5432', 'interpretation-failed', 'Lỗi kỹ thuật khi đọc gói tin'],
    ['signature.unheard-of: x', null, 'Lỗi kỹ thuật khi đọc gói tin'],
  ] as const)('%j', (problem, ground, words) => {
    expect(packageProblemLabel(problem, ground)?.vi).toBe(words);
  });

  it('is nothing where nothing went wrong', () => {
    expect(packageProblemLabel(null, 'package-unreadable')).toBeNull();
  });
});
