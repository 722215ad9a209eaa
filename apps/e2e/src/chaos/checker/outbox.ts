import { SERVICES } from '@qlvb/installation';
import type { Ledger } from './ledger.ts';

/** Everything that was to be published is. */
export async function outbox({ query }: Ledger): Promise<string[]> {
  const waiting: string[] = [];
  for (const service of SERVICES) {
    const [row] = await query<{ n: number }>(
      service,
      'SELECT count(*)::int AS n FROM platform.outbox WHERE published_at IS NULL',
    );
    if (row && row.n > 0) waiting.push(`${service}: ${row.n} events unpublished`);
  }
  return waiting;
}
