import { drawDemoSeal, drawDemoSignature } from '@qlvb/demo-pki';
import { DemoPki } from '@qlvb/demo-pki';
import { admin, clerk, deputy, leader, numberOf, officer, SigningRoom, stranger } from './signing-room.ts';

let room: SigningRoom;
beforeAll(async () => (room = await SigningRoom.open()));
afterAll(() => room.close());

interface View {
  readonly certificateId: string;
  readonly state: string;
  readonly warnings: readonly string[];
  readonly subject: string;
}
const register = (body: object, as = admin) => room.refusal('/certificates', { as, body });
const unusable = [422, 'signature.certificate-unusable'];
const days = (count: number): Date => new Date(Date.now() + count * 24 * 3600 * 1000);

describe('the register of certificates', () => {
  it('VN-09 keeps holder, issuer and state, CID-22 but not the citizen number', async () => {
    const body = room.certificateInput(room.person(leader), leader);
    const row = await room.test.json<View>('/certificates', { as: admin, body, status: 201 });
    expect(row).toMatchObject({ state: 'in_use', warnings: [], subjectKind: 'person', userId: leader.userId });
    expect(JSON.stringify(row)).not.toContain(numberOf(leader));
    const again = await room.test.json<View>('/certificates', { as: admin, body, status: 201 });
    expect(again.certificateId).toBe(row.certificateId);
    const { items } = await room.test.json<{ items: View[] }>('/certificates?subjectKind=person', { as: clerk });
    expect(items.map(({ certificateId }) => certificateId)).toContain(row.certificateId);
    const { rowCount } = await room.test.admin.query('SELECT 1 FROM certificate WHERE user_id = $1', [leader.userId]);
    expect(rowCount).toBe(1);
  });

  it('F-44 CID-20 the citizen number of a certificate is nowhere but in the certificate itself', async () => {
    const number = numberOf(leader);
    const holder = room.person(leader);
    expect(holder.certificate.subject.toString()).toContain(number);
    const answer = await room.test.ask('/certificates', { as: admin, body: room.certificateInput(holder, leader) });
    expect(answer.status).toBe(201);
    const list = await room.test.ask('/certificates?limit=100', { as: admin });
    const places: Record<string, string> = {
      answer: await answer.text(),
      list: await list.text(),
      log: room.test.log.join('\n'),
    };
    const { rows: tables } = await room.test.admin.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'platform')`,
    );
    for (const { name } of tables) {
      const { rows } = await room.test.admin.query<{ row: string }>(
        `SELECT (to_jsonb(t) - 'der' - 'chain')::text AS row FROM ${name} t`,
      );
      places[name] = rows.map(({ row }) => row).join('\n');
    }
    expect(places['public.certificate']).toContain(holder.certificate.fingerprint);
    expect(places['platform.idempotency']).toContain(holder.certificate.fingerprint);
    const hex = Buffer.from(number).toString('hex');
    const holding = Object.entries(places).filter(([, text]) => text.includes(number) || text.includes(hex));
    expect(holding.map(([place]) => place)).toEqual([]);
  });

  it('VN-09 says when a certificate is to be renewed', async () => {
    const holder = room.person(leader, { notAfter: days(30) });
    const body = room.certificateInput(holder, leader);
    expect(await room.test.json('/certificates', { as: admin, body })).toMatchObject({ state: 'renewal_due' });
  });

  it('F-04 VN-05 refuses the certificate of another person, of another agency, and one for nobody', async () => {
    const other = [422, 'signature.certificate-of-another-holder'];
    expect(await register(room.certificateInput(room.person(deputy), leader))).toEqual(other);
    const person = { kind: 'person' as const, name: leader.fullName, title: leader.title };
    const cccd = ['044', '080', '000', '077'].join('');
    const elsewhere = room.pki.issue({ ...person, cccd, organization: 'Sở Nội vụ' }) as ReturnType<typeof room.person>;
    expect(await register(room.certificateInput(elsewhere, leader))).toEqual(other);
    const nobody = { ...leader, userId: '0191e9a0-0000-7000-8000-000000000001' };
    expect(await register(room.certificateInput(room.person(leader), nobody))).toEqual(other);
    const { rowCount } = await room.test.admin.query('SELECT 1 FROM certificate WHERE user_id = $1', [nobody.userId]);
    expect(rowCount).toBe(0);
  });

  it('F-04, IDN-11 nobody registers one for himself', async () => {
    const body = room.certificateInput(room.person(leader), leader);
    const both = { ...leader, permissions: [...leader.permissions, ...admin.permissions] };
    expect(await register(body, both)).toEqual([403, 'auth.duties-not-separate']);
    expect((await room.test.ask('/certificates', { as: admin, body })).status).toBe(201);
  });

  it('PR-08 a certificate belongs to one person', async () => {
    const holder = room.person(leader);
    await room.register(holder, leader);
    expect(await register(room.certificateInput(holder, deputy))).toEqual(unusable);
  });

  it('VN-50 refuses what is expired or not yet valid', async () => {
    const expired = room.person(leader, { notBefore: days(-20), notAfter: days(-1) });
    expect(await register(room.certificateInput(expired, leader))).toEqual(unusable);
    const early = room.person(leader, { notBefore: days(1) });
    expect(await register(room.certificateInput(early, leader))).toEqual(unusable);
  });

  it('VN-50 refuses what is revoked or suspended', async () => {
    for (const reason of [1, 6]) {
      const holder = room.person(leader);
      room.pki.revoke(holder.certificate, reason);
      expect(await register(room.certificateInput(holder, leader))).toEqual(unusable);
    }
  });

  it('VN-54 refuses a key that may not sign, VN-53 a person’s for the agency and the other way round', async () => {
    const exchange = room.person(leader, { keyUsages: ['keyEncipherment'] });
    expect(await register(room.certificateInput(exchange, leader))).toEqual(unusable);
    expect(await register(room.certificateInput(room.person(leader), 'agency'))).toEqual(unusable);
    expect(await register(room.certificateInput(room.agency(), leader))).toEqual(unusable);
  });

  it('VN-41 refuses what leads to no trusted authority', async () => {
    const elsewhere = new DemoPki({ baseUrl: 'http://127.0.0.1:1' });
    const { certificate } = elsewhere.issue({ kind: 'agency', organization: 'Sở Nội vụ', code: 'H46.03' });
    const changes = { certificatePem: certificate.pem, chainPem: elsewhere.authority.certificate.pem };
    expect(await register(room.certificateInput(room.agency(), 'agency', changes))).toEqual(unusable);
    const withoutChain = { chainPem: undefined };
    expect(await register(room.certificateInput(room.person(leader), leader, withoutChain))).toEqual(unusable);
  });

  it.each([
    ['no certificate', { certificatePem: 'x'.repeat(200) }, 422],
    [
      'a broken one',
      { certificatePem: `-----BEGIN CERTIFICATE-----\n${'QUJD'.repeat(40)}\n-----END CERTIFICATE-----` },
      422,
    ],
    [
      'a chain that is none',
      { chainPem: `-----BEGIN CERTIFICATE-----\n${'QUJD'.repeat(40)}\n-----END CERTIFICATE-----` },
      422,
    ],
    ['VN-18 a red signature', { pictureFile: drawDemoSeal('Sở', 36).toString('base64') }, 400],
    ['VN-18 no picture', { pictureFile: Buffer.from('GIF89a').toString('base64') }, 400],
    ['no base64', { pictureFile: '***' }, 400],
    ['nobody', { userId: undefined }, 400],
    ['a private key', { privateKey: 'x' }, 400],
  ])('PR-01 VN-30 refuses %s', async (_what, changes, status) => {
    expect((await register(room.certificateInput(room.person(leader), leader, changes)))[0]).toBe(status);
  });

  it('VN-18 refuses a blue seal', async () => {
    const changes = { pictureFile: drawDemoSignature('Sở').toString('base64') };
    expect(await register(room.certificateInput(room.agency(), 'agency', changes))).toEqual([
      400,
      'pdf-signature.bad-picture',
    ]);
  });

  it('is written by the administrator alone and seen by the agency alone', async () => {
    const body = room.certificateInput(room.person(leader), leader);
    for (const as of [leader, clerk, officer]) expect((await register(body, as))[0]).toBe(403);
    expect((await room.refusal('/certificates', { as: null, body }))[0]).toBe(401);
    expect(await room.test.json('/certificates', { as: stranger })).toEqual({
      items: [],
      nextCursor: null,
      total: { value: 0, more: false },
    });
  });

  it('VN-05, VN-09 refuses the seal of another agency', async () => {
    const other = { kind: 'agency' as const, organization: 'Sở Nội vụ', code: 'H46.03' };
    const { certificate } = room.pki.issue(other);
    const changes = { certificatePem: certificate.pem };
    const anotherHolder = [422, 'signature.certificate-of-another-holder'];
    expect(await register(room.certificateInput(room.agency(), 'agency', changes))).toEqual(anotherHolder);
    const own = await room.test.ask('/certificates', {
      as: stranger,
      body: room.certificateInput(room.agency(), 'agency', changes),
    });
    expect(own.status).toBe(201);
  });
});
