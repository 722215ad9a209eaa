import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AxisDocumentPackage, PackageReceived } from '@qlvb/contracts';
import { readPackage } from '@qlvb/edxml';
import { newId } from '@qlvb/shared-domain';
import { hostile, PostRoom, recipient, RECIPIENT, SENDER, sender } from './post-room.ts';

const testing = join(import.meta.dirname, '..', '..', '..', 'libs', 'edxml', 'testing');

let room: PostRoom;
beforeAll(async () => {
  room = await PostRoom.open();
});
afterAll(() => room.test.stop());

const received = async (packageId: string) =>
  (await room.test.published(PackageReceived)).filter(({ data }) => data.packageId === packageId);
const reports = async (packageId: string): Promise<string[]> => {
  const { rows } = await room.test.admin.query<{ code: string }>(
    `SELECT status_code || coalesce(' ' || left((SELECT reason FROM status_report r WHERE r.package_id = p.in_reply_to AND r.code = p.status_code), 10), '') AS code
     FROM package p WHERE in_reply_to = $1 AND direction = 'outgoing' ORDER BY status_code`,
    [packageId],
  );
  return rows.map(({ code }) => code);
};

describe('packages of the real exchange', () => {
  it.each(readdirSync(join(testing, 'samples')).filter((name) => name.includes('edoc')))(
    'EX-ST-1 %s arrives, is announced once and answered with 01',
    async (name) => {
      const packageId = await room.onAxis(readFileSync(join(testing, 'samples', name)));
      expect((await room.package(packageId)).state).toBe('received');
      expect((await received(packageId)).length).toBe(1);
      expect(await reports(packageId)).toEqual(['01']);
    },
  );
});

describe('hostile packages', () => {
  it.each(readdirSync(join(testing, 'hostile')))(
    'EX-ST-1 %s: kept as it came, answered, nothing half-done',
    async (name) => {
      const content = hostile(name);
      const packageId = await room.onAxis(content.length === 0 ? Buffer.from('\n') : content);
      const { state, sha256 } = await room.package(packageId);
      // What the reader makes of each of them, its own tests say; here only what the service makes of that.
      const { kind } = await readPackage(Readable.from([content]));
      expect(state).toBe(kind === 'edoc' ? 'received' : 'failed');
      const announced = await received(packageId);
      const answered = await reports(packageId);
      if (state === 'failed') {
        expect(announced).toEqual([]);
        expect(answered).toEqual(['01', '02 BAD_FORMAT']);
      } else {
        expect(announced.length).toBe(1);
        expect(answered).toEqual(['01']);
      }
      expect(await room.content(packageId)).toHaveLength(content.length === 0 ? 1 : content.length);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    },
  );

  it('leaves the service able to take the next package, and nothing in the dead letters', async () => {
    const packageId = await room.onAxis(readFileSync(join(testing, 'samples', '01-edoc-new-vxp-sdk.edxml')));
    expect((await room.package(packageId)).state).toBe('received');
    expect((await fetch(`${room.test.service.url}/-/live`)).status).toBe(200);
  });
});

describe('one package', () => {
  const sample = readFileSync(join(testing, 'samples', '01-edoc-new-vxp-sdk.edxml'));

  it('comes in once, however often and however many at a time the axis delivers it', async () => {
    const packageId = newId();
    await Promise.all(Array.from({ length: 6 }, () => room.onAxis(sample, { packageId })));
    expect((await received(packageId)).length).toBe(1);
    expect(await reports(packageId)).toEqual(['01']);
    expect(await room.count(`package WHERE id = '${packageId}' AND direction = 'incoming'`)).toBe(1);
  });

  it('AGC-14 reaches the agency by its legacy code too, and by nobody else’s', async () => {
    const object = await room.put(sample);
    const stray = newId();
    const data = {
      ...AxisDocumentPackage.example,
      packageId: stray,
      to: 'H46.99',
      objectKey: object.key,
      sha256: object.sha256,
    };
    await expect(
      Promise.race([
        room.test.deliver(AxisDocumentPackage, SENDER, data),
        new Promise((_done, fail) => setTimeout(() => fail(new Error('not applied')), 1500)),
      ]),
    ).rejects.toThrow('not applied');
    expect(await room.count(`package WHERE id = '${stray}'`)).toBe(0);
    expect(room.test.log.join('\n')).toContain('H46.99');
  });

  it('is fetched whole, in parts, and only by who received it', async () => {
    const packageId = await room.onAxis(sample);
    const part = await room.test.ask(`/packages/${packageId}/content`, {
      as: recipient,
      headers: { range: 'bytes=0-9' },
    });
    expect([part.status, await part.text()]).toEqual([206, sample.subarray(0, 10).toString('utf8')]);
    expect((await room.test.ask(`/packages/${packageId}/content`, { as: sender })).status).toBe(404);
  });

  it('row-level security alone shows nothing of it to another agency', async () => {
    const packageId = await room.onAxis(sample);
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: room.test.appUrl });
    await client.connect();
    const see = async (agencyId: string): Promise<number | null> => {
      await client.query('BEGIN');
      await client.query(`SELECT set_config('app.agency_id', $1, true)`, [agencyId]);
      const { rowCount } = await client.query('SELECT 1 FROM package WHERE id = $1', [packageId]);
      await client.query('ROLLBACK');
      return rowCount;
    };
    expect([await see(RECIPIENT), await see(SENDER)]).toEqual([1, 0]);
    await client.end();
  });
});

describe('reading', () => {
  it.each([
    ['/packages?direction=up', 400],
    ['/packages?limit=0', 400],
    ['/packages?cursor=abc', 400],
    ['/packages/x', 400],
    ['/deliveries', 400],
    [`/packages/${newId()}`, 404],
    [`/deliveries/${newId()}`, 404],
  ])('%s: %d', async (path, status) => {
    expect((await room.test.ask(path, { as: recipient })).status).toBe(status);
  });

  it('pages through packages without losing or repeating one', async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: { packageId: string }[]; nextCursor: string | null } = await room.test.json(
        `/packages?limit=7&direction=incoming${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
        { as: recipient },
      );
      seen.push(...page.items.map(({ packageId }) => packageId));
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(await room.count(`package WHERE direction = 'incoming' AND agency_id = '${RECIPIENT}'`));
  });
});
