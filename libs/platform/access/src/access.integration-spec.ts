import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInContext } from '@qlvb/platform-context';
import type { Actor } from '@qlvb/platform-context';
import {
  appRole,
  connect,
  Database,
  migrate,
  ownerRole,
  provisionDatabase,
  reach,
  TenantEntity,
  update,
} from '@qlvb/platform-database';
import { testPostgresUrl } from '@qlvb/platform-testing';
import { defineProblem, idFrom, newId } from '@qlvb/shared-domain';
import { Column, Entity } from 'typeorm';
import type { DataSource } from 'typeorm';
import type { AccessibleList } from './access-list.ts';
import { accessTo } from './access-to.ts';
import { changeAccess, currentAccess, replaceAccess } from './access-rows.ts';
import type { AccessGrant, AccessObject, AccessState } from './access-rows.ts';

@Entity({ name: 'letter' })
class Letter extends TenantEntity {
  @Column('text')
  text!: string;
}

const LetterNotFound = defineProblem({
  code: 'test.letter-missing',
  kind: 'not-found',
  title: { vi: 'Không có', en: 'Missing' },
  detail: { vi: 'Không có.', en: 'None.' },
});

const AGENCY = idFrom('agency:A');
const OTHER = idFrom('agency:B');
const kind = 'outgoing-document';
const HEAD = 'outgoing-documents.content-check';
const name = `access_${process.pid}_${Date.now().toString(36)}`;
const url = (role: string, password: string): string =>
  `${testPostgresUrl().replace(/postgres:[^@]*@/, `${role}:${password}@`)}/${name}`;

let source: DataSource;
let database: Database;
beforeAll(async () => {
  await provisionDatabase(testPostgresUrl(), { name, ownerPassword: 'owner', appPassword: 'app' });
  const folder = mkdtempSync(join(tmpdir(), 'qlvb-letters-'));
  writeFileSync(
    join(folder, '1796100199000-create-letter.sql'),
    `CREATE TABLE letter (id uuid PRIMARY KEY, agency_id uuid NOT NULL, version integer NOT NULL, created_at timestamptz NOT NULL,
       updated_at timestamptz NOT NULL, text text NOT NULL);
     SELECT platform.protect('letter');
     ALTER TABLE letter ADD COLUMN search text NOT NULL GENERATED ALWAYS AS (text) STORED;
     CREATE FUNCTION find_letter(words text[]) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
       AS $$ SELECT id FROM letter WHERE agency_id = platform.current_agency() AND search ~ ALL (words) $$;`,
  );
  writeFileSync(join(folder, 'rights.sql'), 'GRANT SELECT, INSERT, UPDATE ON letter TO :app;');
  await migrate(url(ownerRole(name), 'owner'), appRole(name), [join(import.meta.dirname, '..', 'migrations'), folder]);
  source = await connect({
    url: url(appRole(name), 'app'),
    poolSize: 4,
    entities: [Letter],
    applicationName: 'access',
  });
  database = new Database(source, 'test');
});
afterAll(() => source.destroy());

const person = (more: Partial<Actor> = {}): Actor => ({
  userId: newId(),
  agencyId: AGENCY,
  postId: newId(),
  unitId: newId(),
  permissions: [],
  permissionVersion: 1,
  ...more,
});
const inAgency = <T>(work: () => Promise<T>, agencyId = AGENCY): Promise<T> =>
  runInContext({ requestId: newId(), traceparent: '', language: 'vi', agencyId }, work);

let minute = 0;
/** A letter of its own minute, with who gets to it. */
const letter = (...grants: AccessGrant[]): Promise<AccessObject> => entered(false, ...grants);
const entered = (registered: boolean, ...grants: AccessGrant[]): Promise<AccessObject> =>
  inAgency(() =>
    database.command(async (tx) => {
      minute += 1;
      const at = new Date(Date.UTC(2026, 0, 1, 0, minute));
      const row = { id: newId(), agencyId: AGENCY, version: 1, createdAt: at, updatedAt: at, text: String(minute) };
      await tx.manager.insert(Letter, row);
      const object: AccessObject = { kind, id: row.id, at, registered };
      await changeAccess(tx, object, grants);
      return object;
    }),
  );
const give = (object: AccessObject, grants: AccessGrant[], anew: readonly 'signs'[] = []) =>
  inAgency(() => database.command((tx) => changeAccess(tx, object, grants, anew)));
const to = (principalKind: AccessGrant['principalKind'], principalId: string, more: Partial<AccessGrant> = {}) =>
  ({ principalKind, principalId, right: 'read', ground: 'took-part', ...more }) as const satisfies AccessGrant;

/** What somebody gets by id, with his rights; null when it is not there for him. */
const got = (actor: Actor, { id }: AccessObject, now = new Date()): Promise<readonly string[] | null> =>
  inAgency(
    () =>
      database.read((manager) =>
        reach(manager, { entity: Letter, id, missing: LetterNotFound, access: accessTo(kind, actor, now) }).then(
          ({ rights }) => rights,
          (error: unknown) => {
            if (LetterNotFound.is(error)) return null;
            throw error;
          },
        ),
      ),
    actor.agencyId,
  );
/** Every page of a list. */
async function listed(
  actor: Actor,
  limit = 3,
  more: Partial<AccessibleList<Letter>> = {},
  now = new Date(),
): Promise<string[]> {
  const ids: string[] = [];
  let after: readonly [string, string] | undefined;
  for (;;) {
    const page = await inAgency(
      () =>
        database.read((manager) => {
          const list = { manager, entity: Letter, at: 'createdAt', after, ...more } as const;
          return accessTo(kind, actor, now).list(list).take(limit);
        }),
      actor.agencyId,
    );
    ids.push(...page.map(({ id }) => id));
    const last = page.at(-1);
    if (!last || page.length < limit) return ids;
    after = [last.createdAt.toISOString(), last.id];
  }
}

describe('SEC-Z02 F-22 one condition', () => {
  it('get and list show the same, in the list’s order and once each, for every kind of principal', async () => {
    const me = person({ permissions: [HEAD] });
    const colleague = person({ unitId: me.unitId ?? '' });
    const principals: [AccessGrant, boolean, boolean][] = [
      [to('person', me.userId), true, false],
      [to('post', me.postId ?? ''), true, false],
      [to('unit', me.unitId ?? ''), true, true],
      [to('unit', me.unitId ?? '', { permission: HEAD }), true, false],
      [to('unit', me.unitId ?? '', { permission: 'submissions.decide' }), false, false],
      [to('agency', AGENCY), true, true],
      [to('person', newId()), false, false],
    ];
    const seen: string[] = [];
    const seenByColleague: string[] = [];
    const everybodys: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      for (const [grant, mine, his] of principals) {
        const object = await letter(grant, to('person', newId()), ...(mine ? [to('person', me.userId)] : []));
        expect((await got(me, object)) !== null).toBe(mine);
        expect((await got(colleague, object)) !== null).toBe(his);
        if (mine) seen.unshift(object.id);
        if (his) seenByColleague.unshift(object.id);
        if (grant.principalKind === 'agency') everybodys.unshift(object.id);
      }
    }
    expect(await listed(me)).toEqual(seen);
    expect(await listed(colleague)).toEqual(seenByColleague);
    expect(await listed(person())).toEqual(everybodys);
  });

  const CLERK = 'outgoing-documents.register';
  const openRegister = (...grants: AccessGrant[]) =>
    inAgency(() =>
      database.command((tx) =>
        changeAccess(tx, { kind: 'outgoing-register', id: AGENCY, at: tx.now, registered: false }, grants, [
          'standing',
        ]),
      ),
    );
  const standing = (permission: AccessGrant['permission'], right: AccessGrant['right']): AccessGrant =>
    to('agency', AGENCY, { right, ground: 'standing', ...(permission && { permission }) });

  it('SEC-Z02 SEC-Z05 one row opens all that is registered to a role, and nothing that is not; an administrator nothing', async () => {
    const [draft, registered] = [await letter(to('person', newId())), await entered(true, to('person', newId()))];
    const clerk = person({ permissions: [CLERK] });
    const seen = () => Promise.all([draft, registered].map((object) => got(clerk, object)));
    const list = async (limit: number, more: Partial<AccessibleList<Letter>> = {}): Promise<string[]> =>
      (await listed(clerk, limit, more)).filter((id) => [draft.id, registered.id].includes(id));
    expect(await seen()).toEqual([null, null]);
    await openRegister(standing(CLERK, 'register'), standing('audit.read', 'read'));
    expect(await seen()).toEqual([null, ['register']]);
    expect(await got(person({ permissions: ['audit.read'] }), registered)).toEqual(['read']);
    for (const limit of [1, 3, 50]) expect(await list(limit)).toEqual([registered.id]);
    expect(await list(50, { where: ["d.text <> 'x'"] })).toEqual([registered.id]);
    expect(await got(person({ permissions: ['incoming-documents.accept'] }), registered)).toBeNull();
    expect(await got(person({ permissions: ['users.manage', 'agencies.manage'] }), registered)).toBeNull();
    expect(await got(person({ ...clerk, agencyId: OTHER }), registered)).toBeNull();
    await give(draft, [to('post', clerk.postId ?? '')]);
    expect(await list(3)).toEqual([registered.id, draft.id]);
    expect(await list(3, { where: ["d.text <> 'x'"] })).toEqual([registered.id, draft.id]);
    await openRegister(standing('audit.read', 'read'));
    expect(await seen()).toEqual([['read'], null]);
    await openRegister(standing(CLERK, 'register'), standing('audit.read', 'read'));
    await give({ ...draft, registered: true }, []);
    expect(await seen()).toEqual([['read', 'register'], ['register']]);
    await openRegister();
  });

  it('CHR-05 a search finds the same whether it looks through what is seen or asks the index', async () => {
    const me = person();
    const theirs = person();
    const objects: AccessObject[] = [];
    for (let n = 0; n < 5; n += 1) objects.push(await letter(to('person', (n % 2 ? theirs : me).userId)));
    const texts = objects.map((object) => object.at.getUTCHours() * 60 + object.at.getUTCMinutes());
    const words = { patterns: [`^(${texts.join('|')})$`], find: 'find_letter' };
    const mine = objects
      .filter((_, n) => n % 2 === 0)
      .map(({ id }) => id)
      .reverse();
    for (const looksThrough of [[1], [2], [100], [1, 2], [1, 2, 3], [2, 100]])
      expect(await listed(me, 2, { words, looksThrough })).toEqual(mine);
    const counted = (looksThrough: readonly number[]) =>
      inAgency(() =>
        database.read((manager) =>
          accessTo(kind, me, new Date())
            .list({ manager, entity: Letter, at: 'createdAt', after: undefined, words, looksThrough })
            .count(10),
        ),
      );
    expect([await counted([1]), await counted([1, 2]), await counted([100])]).toEqual([3, 3, 3]);
  });

  it('each way to ask is planned once per connection for all persons', async () => {
    const object = await entered(true, to('agency', AGENCY));
    const words = { patterns: ['[0-9]'], find: 'find_letter' };
    const plans = await inAgency(() =>
      database.read(async (manager) => {
        for (let call = 0; call < 8; call += 1) {
          for (const permissions of [[], [CLERK]] as const) {
            const access = accessTo(kind, person({ permissions: [...permissions] }), new Date());
            await reach(manager, { entity: Letter, id: object.id, missing: LetterNotFound, access });
            const after = [new Date().toISOString(), newId()] as const;
            const list = { manager, entity: Letter, at: 'createdAt' } as const;
            const asked: Pick<AccessibleList<Letter>, 'after' | 'words'>[] = [
              { after: undefined },
              { after },
              { after, words },
            ];
            for (const more of asked) {
              const rows = access.list({ ...list, ...more });
              await rows.take(3);
              await rows.count(5);
            }
          }
        }
        return manager.query<{ statement: string; anew: number; kept: number }[]>(
          `SELECT statement, custom_plans::int AS anew, generic_plans::int AS kept FROM pg_prepared_statements
           WHERE statement LIKE '%access\\_row%' AND custom_plans + generic_plans >= 8`,
        );
      }),
    );
    expect(plans).toHaveLength(14);
    expect(plans.filter(({ kept }) => kept === 0)).toEqual([]);
  });

  it('a change reaches only what its author may see, and tells him his rights', async () => {
    const me = person();
    const object = await letter(to('post', me.postId ?? '', { right: 'draft', ground: 'drafts' }));
    const rename = (actor: Actor) =>
      inAgency(() =>
        update(
          database,
          {
            entity: Letter,
            id: object.id,
            missing: LetterNotFound,
            action: 'letter.renamed',
            access: accessTo(kind, actor, new Date()),
          },
          (row, _, rights) => {
            row.text += '!';
            return rights;
          },
        ),
      );
    expect(await rename(me)).toEqual(['draft']);
    await expect(rename(person())).rejects.toThrow(expect.objectContaining({ code: 'test.letter-missing' }) as Error);
  });

  it('what is unconfirmed, withdrawn, over or not begun opens nothing', async () => {
    const me = person();
    const object = await letter();
    const write = (columns: string, values: string): Promise<unknown> =>
      inAgency(() =>
        database.command((tx) =>
          tx.manager.query(
            `INSERT INTO access_row (id, agency_id, object_kind, object_id, object_at, principal_kind, principal_id, access_right,
               ground, given_by, valid_from, valid_until, confirmed_at, confirmed_by${columns})
             VALUES ('${newId()}', '${AGENCY}', '${kind}', '${object.id}', now(), 'person', '${me.userId}', 'read', 'by-hand', '{}',
               ${values})`,
          ),
        ),
      );
    const day = (offset: number): string => `now() + interval '${offset} days'`;
    await write('', `now(), NULL, NULL, NULL`);
    await write(', revoked_at', `now(), NULL, now(), '{}', now()`);
    await inAgency(() => database.command((tx) => tx.manager.query('UPDATE access_row SET revoked_at = now() WHERE principal_id = $1 AND revoked_at IS NULL', [me.userId]))); // prettier-ignore
    await write('', `${day(-2)}, ${day(1)}, now(), '{}'`);
    const at = (offset: number): Date => new Date(Date.now() + offset * 86_400_000);
    expect(await got(me, object, at(-3))).toBeNull();
    expect(await got(me, object, at(0))).toEqual(['read']);
    expect(await got(me, object, at(2))).toBeNull();
  });
});

describe('rows of one object', () => {
  it('a change that changes nothing tells nothing; every other counts one further and carries what holds', async () => {
    const [a, b] = [newId(), newId()];
    const object = await letter(to('post', a, { right: 'sign', ground: 'signs' }));
    expect(await give(object, [to('post', a, { right: 'sign', ground: 'signs' })])).toBeUndefined();
    const second = await give(object, [to('person', b)]);
    expect([second?.version, second?.rows.map(({ principalId }) => principalId)]).toEqual([2, [a, b].sort()]);
    const third = await give(object, [to('post', b, { right: 'sign', ground: 'signs' })], ['signs']);
    expect([third?.version, third?.rows.map(({ right }) => right)]).toEqual([3, ['read', 'sign']]);
    expect(await got(person({ postId: a }), object)).toBeNull();
  });

  it('a copy takes the newest state in whatever order they come', async () => {
    const me = person();
    const copy: AccessObject = { kind, id: newId(), at: new Date(), registered: false };
    const owner = await letter(to('person', me.userId));
    const tell = (version: number, rows: AccessState['rows']) =>
      inAgency(() => database.command((tx) => replaceAccess(tx, copy, { version, rows, withdrawn: [] })));
    const { rows } = await inAgency(() => database.command((tx) => currentAccess(tx, owner)));
    const count = () =>
      inAgency(() =>
        database.read((manager) =>
          manager.query<{ n: number }[]>('SELECT count(*)::int AS n FROM access_row WHERE object_id = $1', [copy.id]),
        ),
      );
    expect(await tell(2, rows)).toBe(true);
    expect(await tell(1, [])).toBe(false);
    expect(await count()).toEqual([{ n: 1 }]);
    expect(await tell(3, [])).toBe(true);
    expect(await tell(2, rows)).toBe(false);
    expect(await count()).toEqual([{ n: 0 }]);
  });

  it('F-24 neither altered nor opened again under the application’s own role', async () => {
    const object = await letter(to('person', newId()));
    const refused = async (set: string): Promise<string | undefined> =>
      inAgency(() => database.command((tx) => tx.manager.query(`UPDATE access_row SET ${set} WHERE object_id = '${object.id}'`))).then(() => 'done', (error: { code?: string }) => error.code); // prettier-ignore
    expect(await refused(`principal_id = '${newId()}'`)).toBe('42501');
    expect(await refused(`valid_until = NULL`)).toBe('42501');
    expect(await refused(`revoked_at = now()`)).toBe('done');
    expect(await refused(`revoked_at = NULL`)).toBe('42501');
  });
});
