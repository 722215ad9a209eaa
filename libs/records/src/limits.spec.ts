import { LIMITS } from './limits.ts';

/** Base64 makes four characters of three bytes. */
const BASE64 = 4 / 3;
/** What zip framing, certificates and signatures of a signed main file may add. */
const ROOM_BYTES = 64 * 1024 * 1024;

describe('one table of limits', () => {
  it('FMT-10 F-09 every file that may be uploaded may be received', () => {
    expect(LIMITS.file.bytes).toBeLessThanOrEqual(LIMITS.package.attachmentBytes);
    expect(LIMITS.mainFile.bytes).toBeLessThanOrEqual(LIMITS.file.bytes);
  });

  it('F-09 the files of one document fit one package, as text and with what signing adds', () => {
    expect(LIMITS.document.bytes * BASE64 + ROOM_BYTES).toBeLessThanOrEqual(LIMITS.package.bytes);
    expect(LIMITS.document.attachments + 1).toBeLessThanOrEqual(LIMITS.package.attachments);
    expect(LIMITS.file.bytes).toBeLessThanOrEqual(LIMITS.document.bytes);
  });
});
