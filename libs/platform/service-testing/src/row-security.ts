import { Database } from '@qlvb/platform-database';
import pg from 'pg';
import type { TestService } from './test-service.ts';

interface Entity {
  readonly name: string;
}

export interface RowSecurity {
  readonly test: () => TestService;
  /** Every table of the service under row-level security, in order. */
  readonly tables: readonly string[];
  /** Tables with an agency that everybody may read all the same. */
  readonly shared: readonly string[];
  readonly entities: readonly Entity[];
  /** Entities of no agency, or of tables that are shared. */
  readonly sharedEntities: readonly string[];
  /** The agencies that have something, and of which entities; of all when left out. */
  readonly owners: readonly string[];
  readonly filled?: readonly string[];
  readonly stranger: string;
  /** A change of what is another agency's, and a new row for it, with its values. */
  readonly change: string;
  readonly insert: readonly [sql: string, values: readonly unknown[]];
}

/** What the tables of a service give away to another agency when its application checks nothing. */
export function rowSecuritySuite(name: string, given: RowSecurity): void {
  const { test, tables, shared, entities, sharedEntities, owners, filled, stranger, change, insert } = given;

  describe(name, () => {
    it('stands on every table with an agency', async () => {
      const { rows } = await test().admin.query<{ name: string; on: boolean; policies: number; of_agency: boolean }>(
        `SELECT relname AS name, relrowsecurity AS on,
                (SELECT count(*)::int FROM pg_policy WHERE polrelid = c.oid) AS policies,
                EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'agency_id') AS of_agency
         FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
      );
      const wanted = rows.filter((row) => row.on || (row.of_agency && !shared.includes(row.name)));
      expect(wanted.map((row) => row.name)).toEqual(tables);
      for (const row of wanted) expect(row).toMatchObject({ name: row.name, on: true, policies: 1 });
    });

    it('API1: shows nothing to another agency when the application checks nothing', async () => {
      const database = test().service.app.get(Database);
      const count = (entity: Entity, agencyId: string): Promise<number> =>
        database.read((manager) => manager.count(entity as never), { agencyId });
      for (const entity of entities) {
        if (sharedEntities.includes(entity.name)) continue;
        let held = 0;
        for (const owner of owners) held += await count(entity, owner);
        if (filled?.includes(entity.name) ?? true) expect([entity.name, held > 0]).toEqual([entity.name, true]);
        expect([entity.name, await count(entity, stranger)]).toEqual([entity.name, 0]);
      }
      if (filled) expect(entities.map((entity) => entity.name)).toEqual(expect.arrayContaining([...filled]));
    });

    it('shows nothing without an agency, and lets nobody write for another', async () => {
      const client = new pg.Client({ connectionString: test().appUrl });
      await client.connect();
      try {
        for (const table of tables) {
          const { rows } = await client.query(`SELECT count(*)::int AS count FROM ${table}`);
          expect([table, rows]).toEqual([table, [{ count: 0 }]]);
        }
        await client.query('BEGIN');
        await client.query(`SELECT set_config('app.agency_id', $1, true)`, [stranger]);
        const { rowCount } = await client.query(change);
        expect(rowCount).toBe(0);
        await expect(client.query(insert[0], [...insert[1]])).rejects.toThrow('row-level security');
      } finally {
        await client.end();
      }
    });
  });
}
