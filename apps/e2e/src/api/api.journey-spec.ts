import { join } from 'node:path';
import { startPlatform } from '../running-platform.ts';
import type { RunningPlatform } from '../running-platform.ts';
import { hostileSuite } from './hostile.ts';
import { isolationSuite } from './isolation.ts';
import { metricsSuite } from './metrics.ts';
import { personWithEveryRole } from './people.ts';
import type { Person } from './people.ts';
import { schemathesisSuite } from './schemathesis.ts';

const MINUTE = 60_000;
let platform: RunningPlatform;
/** Of Sở Nội vụ, which has refused the one document it was sent; every role there is. */
let stranger: Person;
const world = () => ({ platform, stranger, strangerHost: 'qlvb-snv.localhost' });

beforeAll(async () => {
  platform = await startPlatform({ env: { QLVB_RATE_PER_MINUTE: '1000000' } });
  const { code, output } = await platform.demo(join(platform.data, 'demo'));
  if (code !== 0) throw new Error(output);
  stranger = await personWithEveryRole(platform, 'H46.02', '099085009001');
}, 4 * MINUTE);
afterAll(() => platform.stop(), MINUTE);

describe('another agency', () => isolationSuite(world));
describe('hostile input', () => hostileSuite(world));
describe('an outside generator', () => schemathesisSuite(world));
describe('metrics', () => metricsSuite(world));
