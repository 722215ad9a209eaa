import { tmpdir } from 'node:os';
import { checkFolder } from './preflight.ts';

describe('before the start', () => {
  it('says in one sentence how much space is missing on a full disk', () => {
    expect(() => checkFolder(tmpdir(), 2 ** 60)).toThrow(/chỉ còn \d+ MB, cần ít nhất 1099511627776 MB/);
  });

  it('is content with an ordinary folder', () => {
    expect(() => checkFolder(tmpdir(), 1)).not.toThrow();
  });
});
