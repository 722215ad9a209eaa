import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEPARATIONS } from '@qlvb/contracts';
import { pairName, separationsOf, SERVICES_OF_ACT } from './separations.ts';
import type { SeparatingService } from './separations.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const services = [...new Set(Object.values(SERVICES_OF_ACT).flat())] as SeparatingService[];

describe('F-04 the table of separations is tried', () => {
  it('F-04 every pair is held by a service', () => {
    const held = services.flatMap((service) => separationsOf(service).map(pairName));
    expect([...new Set(held)].sort()).toEqual(SEPARATIONS.map(pairName).sort());
  });

  it.each(services)('F-04 %s tries the pairs that it holds', (service) => {
    const file = join(root, 'apps', service, 'test', 'separations.e2e-spec.ts');
    expect([service, existsSync(file)]).toEqual([service, true]);
    expect(readFileSync(file, 'utf8')).toContain(`separationSuite('${service}'`);
  });
});
