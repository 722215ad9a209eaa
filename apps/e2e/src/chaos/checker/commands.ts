import { SERVICES } from '@qlvb/installation';
import type { Accepted, Ledger } from './ledger.ts';

/** Every accepted command is remembered exactly once, with the very answer its caller got. */
export async function commands({ query }: Ledger, accepted: readonly Accepted[]): Promise<string[]> {
  const faults: string[] = [];
  const stored = new Map<string, string[]>();
  for (const service of SERVICES) {
    const rows = await query<{ key: string; body: string }>(
      service,
      'SELECT key, body FROM platform.idempotency WHERE key = ANY($1)',
      [accepted.map((command) => command.key)],
    );
    for (const { key, body } of rows) stored.set(key, [...(stored.get(key) ?? []), body]);
  }
  for (const { key, path, answer } of accepted) {
    if (key === '') continue;
    const bodies = stored.get(key) ?? [];
    if (bodies.length !== 1) faults.push(`${path}: accepted once, stored ${bodies.length} times`);
    else if (JSON.stringify(JSON.parse(bodies[0] ?? '')) !== JSON.stringify(answer))
      faults.push(`${path}: another answer stored`);
  }
  return faults;
}
