import { takeHeads } from '@qlvb/platform-database';
import type { Command } from '../command.ts';
import { withDatabase } from '../connection.ts';
import { auditChains } from '../state/audits.ts';
import { KeptHeads } from '../state/kept-heads.ts';
import { Snapshot } from '../state/snapshot.ts';

/** `audit heads`: where every chain and row journal stands, to be kept where nobody who can write to the databases can write. */
export const auditHeads: Command = async ({ connection, services, agency, print }) => {
  for (const service of services) {
    const heads = await withDatabase(connection, service, (client) =>
      takeHeads(service, async <Row extends object>(sql: string) => (await client.query<Row>(sql)).rows),
    );
    for (const head of heads) {
      if ('journal' in head) print(head, `${service}: niêm phong (seal) ${head.journal.id}, ${head.journal.hash}`);
      else if ((agency ?? head.agencyId) === head.agencyId)
        print(head, `${service} ${head.agencyId}: mục ${head.seq}, ${head.hash}`);
    }
  }
  return true;
};

/**
 * `audit verify`: every agency's chain in every service, entry by entry. With `--heads` it must also still hold what it held
 * when those heads were taken.
 */
export const verifyAudit: Command = async ({ connection, services, agency, heads, print }) => {
  const kept = KeptHeads.read(heads);
  let whole = true;
  for (const service of services) {
    await withDatabase(connection, service, (client) =>
      Snapshot.with(client, async () => {
        for await (const { agencyId, entries, faults } of auditChains(client, agency, kept.chains(service))) {
          whole &&= faults.length === 0;
          const [first] = faults;
          const sentence = first
            ? `HỎNG (${first.fault}) từ mục ${first.seq}, ${faults.length} lỗi`
            : 'nguyên vẹn (whole)';
          print({ service, agencyId, entries, faults }, `${service} ${agencyId}: ${entries} mục, ${sentence}`);
        }
      }),
    );
  }
  return whole;
};
