import type { Service } from '@qlvb/installation';
import type pg from 'pg';
import type { Command } from '../command.ts';
import { withDatabase } from '../connection.ts';
import { auditFaults } from '../state/audits.ts';
import type { StateFault } from '../state/fault.ts';
import { sentenceOf } from '../state/fault.ts';
import { journalFaults } from '../state/journal.ts';
import { KeptHeads } from '../state/kept-heads.ts';
import { objectFaults, Stores } from '../state/objects.ts';
import { registerFaults } from '../state/registers.ts';
import { rowFaults } from '../state/rows.ts';
import { Snapshot } from '../state/snapshot.ts';
import { unkeptFaults } from '../state/unkept.ts';

/**
 * `verify state`: rows against the journal of rows, the journal against its seals, audit chains against their heads, sequences
 * against registers, objects against digests. One sentence for each thing that somebody changed past the application, and for each
 * of which that cannot be proven because no head of it left the database; none, and exit code 0, on an installation as the
 * application left it.
 */
export const verifyState: Command = async ({ connection, environment, services, agency, heads, print }) => {
  const kept = await KeptHeads.read(environment, heads);
  const stores = new Stores(environment);
  let whole = true;
  for (const service of services) {
    await withDatabase(connection, service, (client) =>
      Snapshot.with(client, async (snapshot) => {
        for await (const fault of faultsOf(client, snapshot, service, agency, kept, stores)) {
          whole = false;
          print(fault, sentenceOf(fault));
        }
      }),
    );
  }
  return whole;
};

async function* faultsOf(
  client: pg.Client,
  snapshot: Snapshot,
  service: Service,
  agency: string | undefined,
  kept: KeptHeads,
  stores: Stores,
): AsyncGenerator<StateFault> {
  yield* auditFaults(client, service, agency, kept.chains(service));
  yield* journalFaults(snapshot, service, kept.seals(service));
  yield* unkeptFaults(client, service, agency, kept);
  const rows = new Set<string>();
  for await (const fault of rowFaults(snapshot, service, agency)) {
    rows.add(`${fault.table} ${fault.key}`);
    yield fault;
  }
  // A row that was changed is told once: what it says of numbers and bytes is part of that.
  const known = (table: string, key: string): boolean => rows.has(`${table} ${key}`);
  for await (const fault of registerFaults(snapshot, service, agency)) {
    if (!known('number_sequence', fault.key ?? '')) yield fault;
  }
  yield* objectFaults(snapshot, service, agency, stores, known);
}
