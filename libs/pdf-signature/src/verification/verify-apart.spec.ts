import { deflateSync } from 'node:zlib';
import * as attack from '../testing/attacks.ts';
import { samplePdf } from '@qlvb/pdf-testing';
import { sampleWorld, signAsAgency, signAsPerson, SIGNED_AT } from '../testing/signed-sample.ts';
import { packReport } from './crossing.ts';
import { VERIFICATION_LIMITS, verifyPdfSignaturesApart } from './verify-apart.ts';
import type { SeparateVerification } from './verify-apart.ts';
import { verifyPdfSignatures } from './verify.ts';

const world = sampleWorld();
const { pki, person, agency } = world;
const known = pki.evidence([person.certificate, agency.certificate]);
const complete = signAsAgency(world, signAsPerson(world, samplePdf()));
const options = (more: Partial<SeparateVerification> = {}): SeparateVerification => ({
  trust: pki.trust,
  at: SIGNED_AT,
  evidence: () => Promise.resolve(known),
  ...more,
});

describe('verification in a process of its own', () => {
  it.each<[string, (pdf: Uint8Array) => Uint8Array]>([
    ['a sound file', (pdf) => pdf],
    ['VER-08 a falsified file', attack.contentReplaced],
    ['a file without its form', attack.formRemoved],
    ['something else than a PDF', () => Buffer.from('không phải PDF')],
  ])('VER-07 finds the same in %s as beside the caller', async (_title, change) => {
    const pdf = change(complete);
    const there = await verifyPdfSignaturesApart(pdf, options());
    const here = verifyPdfSignatures(pdf, { trust: pki.trust, at: SIGNED_AT, evidence: known });
    expect(packReport(there)).toEqual(packReport(here));
  });

  it('VN-51 asks once for the status of every path, and judges by the answer', async () => {
    const asked: number[] = [];
    const report = await verifyPdfSignaturesApart(
      complete,
      options({
        evidence: (paths) => {
          asked.push(paths.length);
          return Promise.resolve({ ocspResponses: [], crls: [] });
        },
      }),
    );
    expect(asked).toEqual([4]);
    for (const { findings } of report.signatures) {
      expect(findings.map(({ code }) => code)).toContain('revocation-unknown');
    }
  });

  it('hands on what kept the status from being had', async () => {
    const evidence = (): Promise<never> => Promise.reject(new Error('the authority is away'));
    await expect(verifyPdfSignaturesApart(complete, options({ evidence }))).rejects.toThrow('the authority is away');
  });

  it('VER-07 the process goes on with its work while a file is looked at', async () => {
    let turns = 0;
    const count = setInterval(() => (turns += 1), 1);
    await verifyPdfSignaturesApart(complete, options());
    clearInterval(count);
    expect(turns).toBeGreaterThan(3);
  });

  it('VER-07 ATT-30 a file that takes too long or too much memory has a report that says so', async () => {
    const tooMuch = { legal: 'none', signatures: [], findings: [{ code: 'limit-exceeded' }] };
    expect(
      await verifyPdfSignaturesApart(complete, options(), { ...VERIFICATION_LIMITS, milliseconds: 1 }),
    ).toMatchObject(tooMuch);
    const many = Buffer.concat([
      complete,
      Buffer.from(
        Array.from({ length: 300_000 }, (_none, index) => `${index + 100} 0 obj <</A[1 2 3]>> endobj\n`).join(''),
      ),
      deflateSync(Buffer.alloc(2 ** 20)),
    ]);
    expect(
      await verifyPdfSignaturesApart(many, options(), { milliseconds: 30_000, memoryBytes: 48 * 2 ** 20 }),
    ).toMatchObject(tooMuch);
  });
});
