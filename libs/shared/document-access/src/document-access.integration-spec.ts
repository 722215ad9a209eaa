import { join } from 'node:path';
import { DocumentAccessChanged, RegisterAccessChanged } from '@qlvb/contracts';
import type { DataOf, EventOf } from '@qlvb/contracts';
import { runInContext } from '@qlvb/platform-context';
import type { Actor } from '@qlvb/platform-context';
import { appRole, connect, Database, migrate, ownerRole, provisionDatabase } from '@qlvb/platform-database';
import { ManualClock, testPostgresUrl } from '@qlvb/platform-testing';
import { idFrom, newId } from '@qlvb/shared-domain';
import type { DataSource } from 'typeorm';
import { DocumentAccessConsumer } from './document-access.consumer.ts';
import { DocumentAccess } from './document-access.ts';

type Told = DataOf<typeof DocumentAccessChanged>;
type Row = Told['rows'][number];

const AGENCY = idFrom('agency:A');
const NOW = new Date('2026-11-29T05:00:00Z');
const name = `document_access_${process.pid}_${Date.now().toString(36)}`;
const url = (role: string, password: string): string =>
  `${testPostgresUrl().replace(/postgres:[^@]*@/, `${role}:${password}@`)}/${name}`;

let source: DataSource;
let database: Database;
beforeAll(async () => {
  await provisionDatabase(testPostgresUrl(), { name, ownerPassword: 'owner', appPassword: 'app' });
  const migrations = join(import.meta.dirname, '..', '..', '..', 'platform', 'access', 'migrations');
  await migrate(url(ownerRole(name), 'owner'), appRole(name), [migrations]);
  source = await connect({ url: url(appRole(name), 'app'), poolSize: 4, entities: [], applicationName: 'copies' });
  database = new Database(source, 'test');
});
afterAll(() => source.destroy());

const inAgency = <T>(work: () => Promise<T>): Promise<T> =>
  runInContext({ requestId: newId(), traceparent: '', language: 'vi', agencyId: AGENCY }, work);

const tell = (documentId: string, version: number, rows: readonly Partial<Row>[], more: Partial<Told> = {}) => {
  const { example } = DocumentAccessChanged;
  const [sample] = example.rows;
  if (!sample) throw new Error('the example has no row');
  const data = { ...example, documentId, version, rows: rows.map((row) => ({ ...sample, ...row })), ...more };
  return inAgency(() =>
    new DocumentAccessConsumer(database).onChanged({ data } as EventOf<typeof DocumentAccessChanged>),
  );
};

const somebody = (permissions: readonly string[] = []): Actor => ({
  ...{ userId: newId(), agencyId: AGENCY, postId: newId(), unitId: newId() },
  ...{ permissions, permissionVersion: 1 },
});
const forPerson = ({ userId }: Actor): Partial<Row> => ({ principalKind: 'person', principalId: userId });

const open = (register: 'incoming-register' | 'outgoing-register', version: number, ...rows: Partial<Row>[]) => {
  const { example } = RegisterAccessChanged;
  const [sample] = example.rows;
  if (!sample) throw new Error('the example has no row');
  const role = { ...sample, principalId: AGENCY };
  const data = { agencyId: AGENCY, register, version, rows: rows.map((row) => ({ ...role, ...row })) };
  return inAgency(() =>
    new DocumentAccessConsumer(database).onRegisterChanged({ data } as EventOf<typeof RegisterAccessChanged>),
  );
};

/** Asked as every service asks: by the condition beside its own. */
const sees = (actor: Actor, documentId: string, now = NOW, asked: 'on' | 'withdrawn' = 'on'): Promise<boolean> => {
  const visible = new DocumentAccess(new Database(source, 'test', new ManualClock(now))).visibleTo(actor);
  return inAgency(() =>
    database.read(async (manager) => {
      const found = await manager
        .createQueryBuilder()
        .select('1', 'one')
        .from('(SELECT CAST(:id AS uuid) AS id)', 'thing')
        .where(visible[asked]('thing.id'), { ...visible.parameters, id: documentId })
        .getRawOne<{ one: number }>();
      return found !== undefined;
    }),
  );
};

describe('the copy of documents’ access rows', () => {
  it('F-22 SEC-Z02 is nobody’s before it came, and by the register once it stands there and while that is open', async () => {
    const documentId = newId();
    const [part, clerk] = [somebody(), somebody(['outgoing-documents.register'])];
    const both = () => Promise.all([part, clerk].map((one) => sees(one, documentId)));
    await open('outgoing-register', 1, { permission: 'outgoing-documents.register' });
    expect(await both()).toEqual([false, false]);
    await tell(documentId, 1, [forPerson(part)]);
    expect(await both()).toEqual([true, false]);
    await tell(documentId, 2, [forPerson(part)], { registered: true });
    expect(await both()).toEqual([true, true]);
    expect(await sees(somebody(), documentId)).toBe(false);
    await open('outgoing-register', 2, {
      permission: 'outgoing-documents.register',
      validUntil: new Date(NOW.getTime() + 1_000).toISOString(),
    });
    expect(await sees(clerk, documentId, new Date(NOW.getTime() + 2_000))).toBe(false);
    await open('outgoing-register', 1, { permission: 'outgoing-documents.register' });
    expect(await sees(clerk, documentId, new Date(NOW.getTime() + 2_000))).toBe(false);
    expect(await both()).toEqual([true, true]);
  });

  it('F-22 SEC-Z02 a right that stands for all incoming documents opens no outgoing one', async () => {
    const [outgoing, incoming] = [newId(), newId()];
    await open('incoming-register', 1, { permission: 'instructions.issue', right: 'direct' });
    await tell(outgoing, 1, [], { registered: true });
    await tell(incoming, 1, [], { kind: 'incoming-document', registered: true });
    const leader = somebody(['instructions.issue']);
    expect([await sees(leader, outgoing), await sees(leader, incoming)]).toEqual([false, true]);
  });

  const orders = [
    [1, 2, 3],
    [1, 3, 2],
    [2, 1, 3],
    [2, 3, 1],
    [3, 1, 2],
    [3, 2, 1],
    [3, 3, 1],
    [1, 2, 3, 1, 2, 3],
  ];
  it.each(orders.map((order) => [order.join(' '), order] as const))(
    'F-22 SEC-Z02 ends at the newest state when versions come as %s',
    async (_name, order) => {
      const documentId = newId();
      const people = [somebody(), somebody(), somebody()];
      const states = [[0], [0, 1], [1, 2]].map((indexes) => indexes.map((index) => forPerson(people[index] as Actor)));
      for (const version of order) await tell(documentId, version, states[version - 1] ?? []);
      expect(await Promise.all(people.map((person) => sees(person, documentId)))).toEqual([false, true, true]);
    },
  );

  it('NĐ30-PL6-F3b knows from whom an incoming one was withdrawn, until another row opens it to him', async () => {
    const documentId = newId();
    const [person, post, other] = [somebody(), somebody(), somebody()];
    const withdrawn = [
      { principalKind: 'person' as const, principalId: person.userId, withdrawnAt: '2026-11-28T05:00:00Z' },
      { principalKind: 'post' as const, principalId: post.postId ?? '', withdrawnAt: '2026-11-28T05:00:00Z' },
    ];
    const asked = () => Promise.all([person, post, other].map((actor) => sees(actor, documentId, NOW, 'withdrawn')));
    const kind = 'incoming-document';
    await tell(documentId, 1, [forPerson(person), forPerson(other)], { kind });
    expect(await asked()).toEqual([false, false, false]);
    await tell(documentId, 3, [forPerson(other)], { kind, withdrawn });
    await tell(documentId, 2, [forPerson(person), forPerson(other)], { kind });
    expect(await asked()).toEqual([true, true, false]);
    expect(await sees(person, documentId)).toBe(false);
    await tell(documentId, 4, [forPerson(person), forPerson(other)], { kind, withdrawn });
    expect(await asked()).toEqual([false, true, false]);
    expect(await sees(person, documentId)).toBe(true);
  });

  it('F-22 SEC-Z02 asks for one document at a time under a standing right, and starts from a person’s own without one', async () => {
    const planOf = (actor: Actor): Promise<string> => {
      const { on, parameters } = new DocumentAccess(database).visibleTo(actor, ['outgoing-document']);
      return inAgency(() =>
        database.read(async (manager) => {
          const [sql, values] = manager
            .createQueryBuilder()
            .select('thing.object_id', 'id')
            .from('access_object', 'thing')
            .where(on('thing.object_id'), parameters)
            .getQueryAndParameters();
          const plan = (await manager.query(`EXPLAIN ${sql}`, values)) as Record<string, string>[];
          return plan.flatMap((line) => Object.values(line)).join('\n');
        }),
      );
    };
    const [clerk, person] = [await planOf(somebody(['outgoing-documents.register'])), await planOf(somebody())];
    expect(clerk).toContain('SubPlan');
    expect(clerk).not.toContain('hashed SubPlan');
    expect(person).not.toContain('SubPlan');
  });

  it('F-22 SEC-Z02 speaks to a person, a post, and to those of a unit who hold the permission, while it holds', async () => {
    const documentId = newId();
    const [person, post, head, member, past] = [
      somebody(),
      somebody(),
      somebody(['outgoing-documents.content-check']),
      somebody(),
      somebody(),
    ];
    await tell(documentId, 1, [
      forPerson(person),
      { principalKind: 'post', principalId: post.postId ?? '' },
      { principalKind: 'unit', principalId: head.unitId ?? '', permission: 'outgoing-documents.content-check' },
      { ...forPerson(past), validUntil: '2026-11-29T04:59:59Z' },
    ]);
    const unitMember = { ...member, unitId: head.unitId ?? '' };
    const all = [person, post, head, unitMember, past];
    expect(await Promise.all(all.map((one) => sees(one, documentId)))).toEqual([true, true, true, false, false]);
    expect(await sees(past, documentId, new Date('2026-11-29T04:59:58Z'))).toBe(true);
  });
});
