import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPackage } from '@qlvb/edxml';
import { BUS_DATABASE, databaseOf, SERVICES } from '@qlvb/installation';
import { describeIf } from '@qlvb/platform-testing';
import pg from 'pg';
import { check } from './chaos/checker/check.ts';
import { commonsIp, judgesAreHere, pdfsig, pyhanko, xmllint } from './judges.ts';
import { leftovers } from './leftovers.ts';
import { dumpAndRestore, dumpingIsHere } from './restored.ts';
import { startPlatform } from './running-platform.ts';
import type { RunningPlatform } from './running-platform.ts';
import { program } from './workspace.ts';

const MINUTE = 60_000;

describe('the main job on the embedded platform', () => {
  const work = mkdtempSync(join(tmpdir(), 'qlvb-hành trình-'));
  const data = join(work, 'dữ liệu');
  const out = (run: number): string => join(work, `lần ${run}`);
  const heads = join(data, 'heads');
  const verifyState = (elsewhere: NodeJS.ProcessEnv = {}): [number | null, string, string] => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program('operator'), 'verify', 'state'], {
      env: { ...process.env, QLVB_DATA: data, ...elsewhere },
      encoding: 'utf8',
    });
    return [status, stdout, stderr];
  };
  let platform: RunningPlatform;
  let first: { readonly code: number | null; readonly output: string };

  beforeAll(async () => {
    platform = await startPlatform({ data });
    first = await platform.demo(out(1));
  }, 4 * MINUTE);
  afterAll(async () => {
    await platform.stop();
    rmSync(work, { recursive: true, force: true });
  }, MINUTE);

  it('goes from draft to archive and prints every number', () => {
    expect(first.output).toContain('01/QĐ-STTTT');
    expect(first.output).toContain('01 → 03 → 04 → 05 → 06');
    expect(first.output).toContain('01 → 02');
    expect(first.code).toBe(0);
  });

  it('leaves nothing lost, doubled or half-done', async () => {
    expect(await check(platform, join(out(1), 'history.jsonl'))).toEqual([]);
  });

  it(
    'F-24 SEC-L05 verify state finds nothing that was changed past the application, by heads that left it',
    async () => {
      const left = (service: string): boolean =>
        existsSync(heads) && readdirSync(heads).some((file) => file.includes(`-${service}-`));
      for (const service of SERVICES) {
        const client = new pg.Client({ connectionString: platform.databaseUrl(databaseOf(service)) });
        await client.connect();
        // The job of each hour, before its hour.
        while (!left(service)) {
          await client.query(
            `UPDATE platform.job SET due_at = now() WHERE kind = 'platform.keep-heads' AND state = 'waiting'`,
          );
          await client.query(`SELECT pg_notify('job', ''), pg_sleep(0.2)`);
        }
        await client.end();
      }
      expect(verifyState()).toEqual([0, '', '']);
    },
    MINUTE,
  );

  it(
    'goes again on the same platform, with the next number',
    async () => {
      const { code, output } = await platform.demo(out(2));
      expect(output).toContain('02/QĐ-STTTT');
      expect(code).toBe(0);
      expect(await check(platform, join(out(2), 'history.jsonl'))).toEqual([]);
    },
    4 * MINUTE,
  );

  it('our tolerant reader takes every package without a finding', async () => {
    const packages = readdirSync(out(1)).filter((name) => name.endsWith('.edxml'));
    const kinds: Record<string, number> = {};
    for (const name of packages) {
      const result = await readPackage(createReadStream(join(out(1), name)), { now: new Date() });
      expect([name, result.findings.filter(({ severity }) => severity !== 'note')]).toEqual([name, []]);
      kinds[result.kind] = (kinds[result.kind] ?? 0) + 1;
    }
    expect(kinds).toEqual({ edoc: 3, status: 9 });
  });

  describeIf(judgesAreHere(), 'the outside judges (deploy/judges/judges install)', 'outside judges', () => {
    const decision = (): string => join(out(1), 'quyet-dinh.pdf');

    it('pdfsig: both signatures valid, the last over the whole file', () => {
      const said = pdfsig(decision());
      expect(said.match(/Signature Validation: Signature is Valid/g)).toHaveLength(2);
      expect(said.match(/ {2}- Total document signed/g)).toHaveLength(1);
    });

    it('pyHanko: both signatures and their time stamps trusted, the changes after the first acceptable', () => {
      const said = pyhanko(decision(), join(data, 'demo-pki', 'root.crt'));
      expect(said.match(/The signature is judged VALID/g)).toHaveLength(2);
      expect(said.match(/The TSA certificate is trusted/g)).toHaveLength(2);
      expect(said).toContain('appear to be compatible with the current document modification policy');
      expect(said).toContain('The signature covers the entire file');
    });

    it('pdftotext: reads the words of an official document', () => {
      const text = execFileSync('pdftotext', ['-layout', decision(), '-'], { encoding: 'utf8' });
      for (const words of ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'SỞ THÔNG TIN VÀ TRUYỀN THÔNG', 'QUYẾT ĐỊNH'])
        expect(text).toContain(words);
    });

    it('xmllint: every edXML package well-formed', () => {
      for (const name of readdirSync(out(1)).filter((file) => file.endsWith('.edxml')))
        expect([name, xmllint(join(out(1), name))]).toEqual([name, '']);
    });

    it.each(['sip', 'aip'])('commons-ip2: no rule broken in the %s', (kind) => {
      expect(commonsIp(join(out(1), `${kind}.zip`), join(work, `${kind} giải nén`))).toEqual([]);
    });
  });

  it('F-11 operator create-administrator makes the second administrator of the top agency, and no third', () => {
    // The demonstration brings the first.
    const made = ['901', '902'].map((last) => {
      const number = `099085000${last}`;
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [program('operator'), 'create-administrator', '--name', 'Lê Thị Mai'],
        {
          env: { ...process.env, QLVB_DATA: data, QLVB_CCCD_TEST_REALM: 'true' },
          input: `${number}\n${number}\n`,
          encoding: 'utf8',
        },
      );
      return [status, /shown once\): \S{33}\n/.test(stdout), stderr.includes('has two administrators')];
    });
    expect(made).toEqual([
      [0, true, false],
      [1, false, true],
    ]);
  });

  describeIf(
    dumpingIsHere(),
    'PostgreSQL programs (deploy/judges/judges install)',
    'F-13 a dump of every database',
    () => {
      const databases = [...SERVICES.map(databaseOf), BUS_DATABASE];

      it(
        'restores into an empty server: every row, and nothing that verify state would name',
        async () => {
          const restored = await dumpAndRestore(platform.databaseUrl('').replace(/\/$/, ''), databases);
          try {
            expect(restored.found).toEqual(restored.dumped);
            const rows = Object.values(restored.dumped['qlvb_documents'] ?? {}).filter(
              (digest) => !digest.startsWith('0 '),
            );
            expect(rows.length).toBeGreaterThan(20);
            expect(
              verifyState({
                QLVB_POSTGRES_URL: restored.server.url,
                QLVB_STORAGE_DIR: join(data, 'objects'),
                QLVB_HEADS_DIR: heads,
              }),
            ).toEqual([0, '', '']);
          } finally {
            await restored.remove();
          }
        },
        3 * MINUTE,
      );
    },
  );

  it.each(['SIGINT', 'SIGHUP', 'SIGTERM'] as const)(
    '%s leaves no process, lock or socket; the next start keeps all data',
    async (signal) => {
      const { port } = platform;
      const pids = Object.values(platform.pids());
      await platform.stop(signal);
      expect(await leftovers({ pids, data, port })).toEqual([]);
      platform = await startPlatform({ data });
      expect(await check(platform, join(out(1), 'history.jsonl'))).toEqual([]);
    },
    3 * MINUTE,
  );

  it(
    'repairs itself after SIGKILL to everything',
    async () => {
      await platform.killAll();
      platform = await startPlatform({ data });
      expect(await check(platform, join(out(2), 'history.jsonl'))).toEqual([]);
      const { code, output } = await platform.demo(out(3));
      expect(output).toContain('03/QĐ-STTTT');
      expect(code).toBe(0);
      expect(verifyState()).toEqual([0, '', '']);
    },
    5 * MINUTE,
  );
});
