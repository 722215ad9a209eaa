import { PersonNumbered } from '@qlvb/contracts';
import type { DataOf } from '@qlvb/contracts';
import { HolderProofs } from '@qlvb/identity-feature';
import { numberProof, numberProofKey } from '@qlvb/vietnam';
import { HOME_CODE, Registry, testNumber } from './registry.ts';

const encoded = Buffer.alloc(32, 9).toString('base64url');
const key = numberProofKey(encoded);

let registry: Registry;
beforeAll(async () => {
  registry = await Registry.open({ QLVB_HOLDER_KEY: encoded });
});
afterAll(() => registry.test.stop());

const told = async (userId: string): Promise<DataOf<typeof PersonNumbered>[]> =>
  (await registry.test.published(PersonNumbered)).map(({ data }) => data).filter((data) => data.userId === userId);
const tellAll = () => registry.test.service.app.get(HolderProofs).tellAll({ signal: new AbortController().signal });

describe('F-04 VN-05 whose citizen number it is', () => {
  it('CID-20 F-44 is told of every account by a keyed proof, never in clear', async () => {
    const person = await registry.newcomer(HOME_CODE, 'officer');
    const events = await told(person.user.userId);
    expect(events).toEqual([
      expect.objectContaining({ keyId: key.id, proof: await numberProof(key, person.user.userId, person.number) }),
    ]);
    expect(JSON.stringify(await registry.test.published(PersonNumbered))).not.toContain(person.number);
  });

  it('CID-14 is told again when the account gets another number', async () => {
    const admin = await registry.newcomer(HOME_CODE, 'agency_admin');
    const person = await registry.newcomer(HOME_CODE, 'officer');
    const { userId } = person.user;
    const cccd = testNumber();
    await registry.change(admin, { kind: 'number', userId, cccd, cccdAgain: cccd, reason: 'Xác lập lại số định danh' });
    expect((await told(userId)).map(({ proof }) => proof)).toEqual([
      await numberProof(key, userId, person.number),
      await numberProof(key, userId, cccd),
    ]);
  });

  it('is told once of accounts from before, and of all under a new key; one that cannot be opened holds up no other', async () => {
    const [first, second, broken] = [
      await registry.newcomer(HOME_CODE, 'officer'),
      await registry.newcomer(HOME_CODE, 'officer'),
      await registry.newcomer(HOME_CODE, 'officer'),
    ];
    const { admin } = registry.test;
    await tellAll();
    for (const { user } of [first, second, broken]) expect(await told(user.userId)).toHaveLength(1);
    const ids = [first, second, broken].map(({ user }) => user.userId);
    await admin.query(`UPDATE account SET holder_key = NULL WHERE id = ANY ($1)`, [ids]);
    const { rows } = await admin.query<{ sealed: Buffer }>('SELECT cccd_sealed AS sealed FROM account WHERE id = $1', [
      broken.user.userId,
    ]);
    await admin.query(`UPDATE account SET cccd_sealed = '\\x00' WHERE id = $1`, [broken.user.userId]);
    await expect(tellAll()).rejects.toThrow('1 accounts could not be told of');
    expect(await told(first.user.userId)).toHaveLength(2);
    expect(await told(second.user.userId)).toHaveLength(2);
    await admin.query('UPDATE account SET cccd_sealed = $2 WHERE id = $1', [broken.user.userId, rows[0]?.sealed]);
    await tellAll();
    await tellAll();
    for (const { user } of [first, second, broken]) expect(await told(user.userId)).toHaveLength(2);
  });
});
