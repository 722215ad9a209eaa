import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verify } from 'node:crypto';
import { DemoPki } from '@qlvb/demo-pki';
import { hash, OID, signedAttributes } from '@qlvb/x509';
import type { Certificate } from '@qlvb/x509';
import { tokenHandler, TokenStore } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'qlvb-token-'));
const store = new TokenStore(folder);
const pki = new DemoPki({ baseUrl: 'http://127.0.0.1:1' });
const PIN = '24681357';
const person = { kind: 'person', title: 'Giám đốc', organization: 'Sở', cccd: '099080001234' } as const;

function enrol(name: string): { id: string; certificate: Certificate } {
  const { id, publicKey } = store.generate({ label: name, pin: PIN });
  const { certificate } = pki.issue({ ...person, name }, { publicKey });
  store.attach(id, certificate);
  return { id, certificate };
}
const owner = enrol('Nguyễn Thị Hương');
const attributes = signedAttributes(OID.data, hash('sha256', Buffer.from('văn bản')), owner.certificate);
const shown: string[] = [];
let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer(
    tokenHandler({ store, allowedOrigins: ['http://qlvb.localhost'], show: (line) => shown.push(line) }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const post = async (
  body: object | string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, string> }> => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${base}/signatures`, { method: 'POST', body: text, headers });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
};
const request = (more: object = {}): object => ({
  certificateId: owner.id,
  pin: PIN,
  document: 'Quyết định 12/QĐ-STTTT',
  signedAttributes: Buffer.from(attributes).toString('base64'),
  ...more,
});

describe('the token', () => {
  it('PR-01: keeps keys encrypted in files only their owner reads', () => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      expect(statSync(path).mode & 0o077).toBe(0);
      const content = readFileSync(path, 'utf8');
      expect(content).toContain('BEGIN ENCRYPTED PRIVATE KEY');
      expect(content).not.toContain('BEGIN PRIVATE KEY');
      expect(content).not.toContain(PIN);
    }
  });

  it('lists certificates and never a key', async () => {
    const text = await (await fetch(`${base}/certificates`)).text();
    expect(JSON.parse(text)).toMatchObject([{ id: owner.id, label: 'Nguyễn Thị Hương' }]);
    expect(text).not.toContain('PRIVATE');
  });

  it('signs the attributes and shows what it signs', async () => {
    const { status, body } = await post(request());
    expect(status).toBe(200);
    expect(
      verify('sha256', attributes, owner.certificate.publicKey, Buffer.from(body['signature'] ?? '', 'base64')),
    ).toBe(true);
    expect(shown.join('\n')).toContain('Quyết định 12/QĐ-STTTT');
    expect(shown.join('\n')).toContain(hash('sha256', Buffer.from('văn bản')).toString('hex'));
  });

  it.each([
    [
      'something that is no attributes',
      { signedAttributes: Buffer.from('Chuyển 1 tỷ').toString('base64') },
      400,
      'token.not-signed-attributes',
    ],
    ['no attributes', { signedAttributes: 5 }, 400, 'token.not-signed-attributes'],
    ['an unknown key', { certificateId: '../../etc/passwd' }, 404, 'token.unknown-key'],
  ])('PR-33: refuses %s', async (_, more, status, code) => {
    expect(await post(request(more))).toMatchObject({ status, body: { code } });
  });

  it('PR-02: refuses attributes made out for another certificate', async () => {
    const other = enrol('Trần Văn Bình');
    expect(await post(request({ certificateId: other.id }))).toMatchObject({
      status: 400,
      body: { code: 'token.not-signed-attributes' },
    });
  });

  it('refuses pages of other origins and rebound names', async () => {
    expect((await post(request(), { origin: 'http://evil.example' })).status).toBe(403);
    expect((await post(request(), { origin: 'http://qlvb.localhost' })).status).toBe(200);
  });

  it('refuses a body that is no JSON, or too large', async () => {
    expect((await post('{')).status).toBe(400);
    expect((await post({ pad: 'x'.repeat(100_000) })).status).toBe(400);
  });

  it('PR-33: locks after five wrong PINs', async () => {
    const { id, certificate } = enrol('Lê Văn Cường');
    const own = Buffer.from(signedAttributes(OID.data, hash('sha256', Buffer.from('x')), certificate)).toString(
      'base64',
    );
    const attempt = (pin: string): ReturnType<typeof post> =>
      post(request({ certificateId: id, signedAttributes: own, pin }));
    for (let left = 4; left >= 0; left -= 1) {
      expect(await attempt('0000')).toMatchObject({
        status: 403,
        body: { code: 'token.wrong-pin', detail: expect.stringContaining(`${left}`) },
      });
    }
    expect(await attempt(PIN)).toMatchObject({ status: 403, body: { code: 'token.locked' } });
  });
});
