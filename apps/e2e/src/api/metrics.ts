import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningPlatform } from '../running-platform.ts';
import { root } from '../workspace.ts';
import { send } from './people.ts';

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}

/** The dashboard asks for nothing that the services do not tell. */
export function metricsSuite(world: () => { readonly platform: RunningPlatform }): void {
  it('every figure of the dashboard is one that a service gives', async () => {
    const answer = await fetch(`${world().platform.serviceUrl('documents')}/-/metrics`);
    const given = new Set((await answer.text()).split('\n').flatMap((line) => /^(\w+)[{ ]/.exec(line)?.[1] ?? []));
    const file = join(root, 'deploy', 'grafana', 'dashboards', 'qlvb.json');
    const { panels } = JSON.parse(readFileSync(file, 'utf8')) as Dashboard;
    const wanted = panels.flatMap(({ targets }) =>
      targets.flatMap(({ expr }) => expr.match(/\b(qlvb|process|nodejs)_\w+/g) ?? []),
    );
    expect(wanted.length).toBeGreaterThan(10);
    expect([...new Set(wanted)].filter((name) => !given.has(name))).toEqual([]);
  });

  it('the gateway does not show them under the host of an agency', async () => {
    const answer = await send(world().platform, { method: 'GET', path: '/-/metrics', host: 'qlvb-stttt.localhost' });
    expect(answer.status).toBe(404);
  });
}
