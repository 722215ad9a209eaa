import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CatalogueLoader, demoAccount, DemoAccounts } from '@qlvb/identity-feature';
import type { RunningService } from '@qlvb/platform-service';
import type { AgencyRecord } from '@qlvb/vietnam';
import { z } from 'zod';
import type { IdentityConfig } from './identity.config.ts';

/** Loads the catalogue, and in the embedded form the demonstration accounts; nothing that is there already changes. */
export async function loadSeed({ app, logger }: RunningService, config: IdentityConfig): Promise<void> {
  const file = join(import.meta.dirname, '..', 'seed', 'agencies.json');
  const records = JSON.parse(readFileSync(file, 'utf8')) as AgencyRecord[];
  const agencies = await app.get(CatalogueLoader).load(records, config.catalogueDomain);
  if (agencies > 0) logger.info({ agencies }, 'catalogue loaded');
  const { demoAccountsFile, demoPassword } = config;
  if (config.mode === 'embedded' && demoAccountsFile && demoPassword) {
    const people = z.array(demoAccount).parse(JSON.parse(readFileSync(demoAccountsFile, 'utf8')));
    const accounts = await app.get(DemoAccounts).load(people, demoPassword.reveal());
    if (accounts > 0) logger.info({ accounts }, 'demonstration accounts made');
  }
}
