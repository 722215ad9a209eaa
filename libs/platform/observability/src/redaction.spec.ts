import { redact } from './redaction.ts';

const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';
/** Put together at run time: no citizen number stands in the repository. */
const citizenNumber = ['044', '201', '000123'].join('');
const testNumber = ['099', '201', '000123'].join('');

describe('SEC-L07, CID-22: no passwords, tokens or citizen numbers in logs', () => {
  it.each([
    ['password field', { body: { nested: { password: 'hunter2 "quoted" \\ end' } } }, 'hunter2'],
    ['token fields', { refreshToken: 'abc-def', access_token: 'ghi' }, 'abc-def'],
    ['header', { headers: { Authorization: 'Bearer abcdefgh12345' } }, 'abcdefgh12345'],
    ['cookie', { 'set-cookie': 'sid=12345' }, 'sid=12345'],
    ['token in a message', { msg: `refused ${token} of a user` }, token],
    ['citizen number in a message', { msg: `tài khoản ${citizenNumber} sai` }, citizenNumber],
    ['citizen number after a line break', { msg: `dòng\n${citizenNumber}` }, citizenNumber],
    ['number with the prefix of tests', { msg: `tài khoản ${testNumber} sai` }, testNumber],
    [
      'number typed in groups',
      { msg: `nhập ${['099', '201', '000', '123'].join(' ')}` },
      ['201', '000', '123'].join(' '),
    ],
    ['number typed with dots', { msg: `nhập ${['099', '201000123'].join('.')}` }, '201000123'],
    ['citizen number in a field', { login: citizenNumber }, citizenNumber],
    ['connection URL', { url: 'postgresql://app:s3cret@localhost/x' }, 's3cret'],
  ])('removes %s', (_title, line, secret) => {
    const redacted = redact(JSON.stringify(line));
    expect(redacted).toContain('[REDACTED]');
    expect(redacted).not.toContain(secret);
    expect(() => JSON.parse(redacted) as unknown).not.toThrow();
  });

  it.each([
    ['identifiers', { id: `0191e9a0-0000-7000-8000-${citizenNumber}` }],
    ['digests', { sha256: `ab${citizenNumber}ff` }],
    ['numbers', { sizeBytes: 104420100012, time: 1798012345678 }],
    ['shorter and longer runs', { phone: `0${'91234567'}8`, code: `0${'991234567890'}` }],
    ['twelve digits that are no citizen number', { number: '999999999999' }],
  ])('keeps %s', (_title, line) => {
    expect(redact(JSON.stringify(line))).toBe(JSON.stringify(line));
  });
});
