import { takeHeads } from '@qlvb/platform-database';
import type { Command } from '../command.ts';
import { withDatabase } from '../connection.ts';
import { auditChains } from '../state/audits.ts';
import { KeptHeads } from '../state/kept-heads.ts';
import { Snapshot } from '../state/snapshot.ts';
import { unkeptChains } from '../state/unkept.ts';

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
 * `audit verify`: every agency's chain in every service, entry by entry, and that it still holds what it held when heads were taken
 * away. A chain whose end no kept head reaches agrees with itself, which proves nothing: `provenTo` is then short of it.
 */
export const verifyAudit: Command = async ({ connection, environment, services, agency, heads, print }) => {
  const kept = await KeptHeads.read(environment, heads);
  let whole = true;
  for (const service of services) {
    await withDatabase(connection, service, (client) =>
      Snapshot.with(client, async () => {
        const chains = kept.chains(service);
        const unkept = new Map((await unkeptChains(client, agency, chains)).map((one) => [one.agencyId, one.seq]));
        for await (const { agencyId, entries, faults } of auditChains(client, agency, chains)) {
          const [first] = faults;
          const told = chains.filter((head) => head.agencyId === agencyId).map(({ seq }) => seq);
          const provenTo = first ? 0 : told.reduce((last, seq) => Math.max(last, seq), 0);
          // Of a chain without any head not even its first entry is proven, however young it is.
          const open = unkept.get(agencyId) ?? (provenTo === 0 ? 1 : undefined);
          whole &&= first === undefined && open === undefined;
          const sentence = first
            ? `HỎNG (${first.fault}) từ mục ${first.seq}, ${faults.length} lỗi`
            : open === undefined
              ? `nguyên vẹn, chứng minh được đến mục ${provenTo} (whole; proven up to that entry)`
              : `chưa chứng minh được từ mục ${open}: không có mốc cất giữ nơi khác (unproven: no head of it is kept elsewhere)`;
          print(
            { service, agencyId, entries, provenTo, faults },
            `${service} ${agencyId}: ${entries} mục, ${sentence}`,
          );
        }
      }),
    );
  }
  return whole;
};
