import type { DataSource } from 'typeorm';

interface SqlColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

/**
 * Holds the entities of a service against its migrated tables.
 *
 * @throws Error naming every column that SQL does not have, or has with another type or nullability
 */
export async function assertEntitiesMatch(source: DataSource): Promise<void> {
  const faults: string[] = [];
  for (const { tableName, columns } of source.entityMetadatas) {
    const rows = (await source.query(
      `SELECT attname AS name, format_type(atttypid, NULL) AS type, NOT attnotnull AS nullable FROM pg_attribute
       WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
      [tableName],
    )) as SqlColumn[];
    const inSql = new Map(rows.map((row) => [row.name, row]));
    for (const column of columns) {
      const name = column.databaseName;
      const type = `${source.driver.normalizeType(column)}${column.isArray ? '[]' : ''}`;
      const declared = says({ name, type, nullable: column.isNullable });
      const found = inSql.get(name);
      const stored = found ? says(found) : 'no such column';
      if (stored !== declared) faults.push(`${tableName}.${name}: entity ${declared}, SQL ${stored}`);
    }
  }
  if (faults.length > 0) throw new Error(`entities and SQL differ: ${faults.join('; ')}`);
}

const says = ({ type, nullable }: SqlColumn): string => `${type}${nullable ? ' or null' : ''}`;
