import { withDatabase } from './connection.ts';
import type { Connection } from './connection.ts';
import { Unusable } from './unusable.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id of the agency that an operator names, by id or by a code that it has or had, in either form. Looked up and not
 * calculated: agencies added later have ids of their own, and a wrong one would be found whole.
 *
 * @throws Unusable when no agency has the code
 * @source AGC-04
 */
export async function agencyIdOf(connection: Connection, named: string): Promise<string> {
  if (UUID.test(named)) return named.toLowerCase();
  const { rows } = await withDatabase(connection, 'identity', (client) =>
    client.query<{ id: string }>(
      'SELECT DISTINCT agency_id AS id FROM agency_code WHERE upper($1) IN (upper(code), upper(legacy_code))',
      [named.trim()],
    ),
  );
  const [found] = rows;
  if (!found) {
    throw new Unusable(`Không có cơ quan nào mang mã "${named}": hãy ghi mã như H46.11. (No agency has this code.)`);
  }
  return found.id;
}
