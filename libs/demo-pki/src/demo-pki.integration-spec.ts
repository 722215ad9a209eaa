import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Certificate,
  CertificateList,
  OcspResponse,
  ocspRequest,
  timeStampRequest,
  tokenOfResponse,
  validatePath,
} from '@qlvb/x509';
import { DemoPki } from './demo-pki.ts';
import { demoPkiHandler } from './handler.ts';

const folder = mkdtempSync(join(tmpdir(), 'qlvb-pki-'));
const options = { directory: folder, baseUrl: 'http://127.0.0.1:1' };
const pki = new DemoPki(options);
const { certificate } = pki.issue({ kind: 'agency', organization: 'Sở Nội vụ', code: 'H46.02' });
let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer(demoPkiHandler(pki));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const get = async (path: string): Promise<Uint8Array> =>
  new Uint8Array(await (await fetch(`${base}${path}`)).arrayBuffer());
const post = async (path: string, body: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await (await fetch(`${base}${path}`, { method: 'POST', body: Buffer.from(body) })).arrayBuffer());

describe('the demo authority', () => {
  it('keeps its keys for itself and survives a restart', () => {
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
    const again = new DemoPki(options);
    expect(again.root.certificate.equals(pki.root.certificate)).toBe(true);
    expect(again.statusOf(certificate.serial)).toEqual({ status: 'good' });
  });

  it('VN-41: everything it issues leads to its root', async () => {
    const anchors = [Certificate.parse(await get('/root.cer'))];
    const intermediates = [Certificate.parse(await get('/authority.cer'))];
    const result = validatePath(certificate, {
      trust: { anchors, intermediates },
      at: new Date(),
      evidence: pki.evidence([certificate]),
    });
    expect(result.faults).toEqual([]);
    expect(result.path).toHaveLength(3);
  });

  it('VN-51: answers OCSP and publishes lists, also about revoked certificates', async () => {
    const status = async (): Promise<string | undefined> => {
      const request = ocspRequest(certificate, pki.authority.certificate);
      const response = OcspResponse.parse(await post('/ocsp', request));
      expect(response.isSignedFor(pki.authority.certificate)).toBe(true);
      return response.answerFor(certificate, pki.authority.certificate)?.status.status;
    };
    expect(await status()).toBe('good');
    const told = CertificateList.parse(await post('/revocations', certificate.raw));
    expect(told.entry(certificate.serial)).toMatchObject({ reason: 1 });
    expect(await status()).toBe('revoked');
    const list = CertificateList.parse(await get('/authority.crl'));
    expect(list.entry(certificate.serial)).toMatchObject({ reason: 1 });
    expect(CertificateList.parse(await get('/root.crl')).entry(certificate.serial)).toBeUndefined();
  });

  it('VN-35: stamps', async () => {
    const data = Buffer.from('giá trị');
    expect(tokenOfResponse(await post('/tsa', timeStampRequest(data, 9n)), data, 9n).length).toBeGreaterThan(1000);
  });

  it.each(['/ocsp', '/tsa'])('refuses nonsense at %s in the words of the protocol', async (path) => {
    expect((await post(path, Buffer.from('nonsense')))[0]).toBe(0x30);
    expect((await post(path, Buffer.alloc(100_000)))[0]).toBe(0x30);
    expect((await fetch(`${base}${path}`)).status).toBe(405);
  });

  it('knows no other address', async () => expect((await fetch(`${base}/root.key`)).status).toBe(404));
});
