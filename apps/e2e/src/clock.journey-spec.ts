import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawDocument } from '@qlvb/document-layout';
import { databaseOf, SERVICES } from '@qlvb/installation';
import { until } from '@qlvb/platform-service-testing';
import pg from 'pg';
import { call, demoAccount, login, send } from './api/people.ts';
import type { Person } from './api/people.ts';
import { startPlatform } from './running-platform.ts';
import type { RunningPlatform } from './running-platform.ts';

const MINUTE = 60_000;
const DAYS = 40;
const STTTT = 'H46.11';

describe('a whole platform on one clock', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qlvb-clock-'));
  const clockFile = join(folder, 'clock.json');
  const set = (setting: object): void => {
    writeFileSync(`${clockFile}.new`, JSON.stringify(setting));
    renameSync(`${clockFile}.new`, clockFile);
  };
  let platform: RunningPlatform;
  let officer: Person;
  let head: Person;

  beforeAll(async () => {
    set({});
    platform = await startPlatform({ env: { NODE_ENV: 'test', QLVB_CLOCK_FILE: clockFile } });
    officer = await login(platform, demoAccount(STTTT, 'officer'));
    head = await login(platform, demoAccount(STTTT, 'unit_head'));
  }, 4 * MINUTE);
  afterAll(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  }, MINUTE);

  let keys = 0;
  const post = <T>(who: Person, path: string, body: object): Promise<T> =>
    call<T>(
      platform,
      {
        method: 'POST',
        path: `/api/v1${path}`,
        headers: {
          authorization: who.authorization,
          'idempotency-key': `clock-journey-key-${String((keys += 1)).padStart(4, '0')}`,
        },
      },
      body,
    );
  const get = <T>(who: Person, path: string): Promise<T> =>
    call<T>(platform, { method: 'GET', path: `/api/v1${path}`, headers: { authorization: who.authorization } });
  const upload = async (): Promise<string> => {
    const pdf = await drawDocument({
      form: 'decision',
      issuingAgency: 'SỞ THÔNG TIN VÀ TRUYỀN THÔNG',
      placeOfIssue: 'Quảng Bình',
      symbol: 'QĐ-STTTT',
      kindName: 'QUYẾT ĐỊNH',
      subject: 'Ban hành Quy chế',
      decider: 'GIÁM ĐỐC SỞ THÔNG TIN VÀ TRUYỀN THÔNG',
      legalBases: ['Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư'],
      body: [{ block: 'article', number: 1, text: 'Ban hành Quy chế.' }],
      authorityLines: ['GIÁM ĐỐC'],
      signerName: 'Nguyễn Văn A',
      recipients: ['Như Điều 1'],
      fileCopy: 'VT, CNTT',
      createdAt: new Date(),
    });
    const { fileId } = await call<{ fileId: string }>(platform, {
      method: 'POST',
      path: '/api/v1/files?name=quyet-dinh.pdf',
      headers: {
        authorization: officer.authorization,
        'content-type': 'application/pdf',
        'idempotency-key': `clock-journey-key-${String((keys += 1)).padStart(4, '0')}`,
      },
      body: pdf,
    });
    return fileId;
  };
  const fileStatus = async (fileId: string): Promise<number> => {
    const headers = { authorization: officer.authorization };
    return (await send(platform, { method: 'GET', path: `/api/v1/files/${fileId}`, headers })).status;
  };
  const query = async (service: (typeof SERVICES)[number], sql: string): Promise<number> => {
    const client = new pg.Client({ connectionString: platform.databaseUrl(databaseOf(service)) });
    await client.connect();
    try {
      return (await client.query(sql)).rowCount ?? 0;
    } finally {
      await client.end();
    }
  };

  it(
    'moves together: a deadline passes, an upload expires, a key is made, and every service’s jobs come due',
    async () => {
      const unused = await upload();
      const leader = await login(platform, demoAccount(STTTT, 'leader'));
      const { items: agencies } = await get<{ items: { agencyId: string }[] }>(officer, '/agencies?limit=1');
      const { documentId } = await post<{ documentId: string }>(officer, '/outgoing-documents', {
        documentType: 'decision',
        subject: 'Ban hành Quy chế',
        leadUnitId: officer.unitId,
        assignedByPostId: head.postId,
        signerPostId: leader.postId,
        signerPosition: 'GIÁM ĐỐC',
        recipients: agencies.map(({ agencyId }) => ({ agencyId })),
        mainFileId: await upload(),
        notSecret: true,
      });
      await post(officer, `/outgoing-documents/${documentId}/submissions`, {});
      const task = (): Promise<{ overdue: boolean } | undefined> =>
        get<{ items: { overdue: boolean }[] }>(head, `/tasks?documentId=${documentId}`).then(({ items }) => items[0]);
      const before = await until('the task', task);
      expect([before.overdue, await fileStatus(unused)]).toEqual([false, 200]);

      set({ offsetSeconds: DAYS * 24 * 3600 });
      await until('the deadline has passed', async () => ((await task())?.overdue ? true : undefined));
      await until('the upload is forgotten', async () => ((await fileStatus(unused)) === 404 ? true : undefined));
      const later = `now() + interval '${DAYS - 1} days'`;
      await until('a signing key of that time', async () =>
        (await query('identity', `SELECT 1 FROM signing_key WHERE activates_at > ${later}`)) > 0 ? true : undefined,
      );
      for (const service of SERVICES) {
        for (const kind of ['platform.prune-jobs', 'platform.forget-answers', 'platform.keep-heads']) {
          const again = `SELECT 1 FROM platform.job WHERE kind = '${kind}' AND due_at > ${later}`;
          await until(`${kind} of ${service}`, async () => ((await query(service, again)) > 0 ? true : undefined));
        }
      }
    },
    2 * MINUTE,
  );
});
