import type { Service } from '@qlvb/installation';
import type { StateFault } from './fault.ts';
import type { Snapshot } from './snapshot.ts';

/** Where the numbers given stand: last numbers by agency, year and run. */
const REGISTERS: Partial<Record<Service, string>> = {
  documents: `SELECT agency_id, register_year AS year, sequence_key, max(number) AS last FROM outgoing_document
                WHERE number IS NOT NULL GROUP BY 1, 2, 3
              UNION ALL SELECT agency_id, arrival_year, 'arrival', max(arrival_number) FROM incoming_document
                WHERE arrival_number IS NOT NULL GROUP BY 1, 2`,
};

/**
 * Every run of numbers stands where its register ends: no number skipped, none to be given again.
 *
 * @source NĐ30-A15-1
 */
export async function* registerFaults(
  snapshot: Snapshot,
  service: Service,
  agency: string | undefined,
): AsyncGenerator<StateFault> {
  const register = REGISTERS[service];
  if (register === undefined) return;
  const rows = snapshot.stream<{ agencyId: string; key: string }>(
    `SELECT agency_id AS "agencyId", ROW(agency_id, year, sequence_key)::text AS key
     FROM number_sequence s FULL JOIN (${register}) r USING (agency_id, year, sequence_key)
     WHERE coalesce(s.last_number, 0) <> coalesce(r.last, 0)`,
  );
  for await (const { agencyId, key } of rows) {
    if (agency !== undefined && agencyId !== agency) continue;
    yield { service, fault: 'sequence-off-register', table: 'number_sequence', key, agencyId };
  }
}
