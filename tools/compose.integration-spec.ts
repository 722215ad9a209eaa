import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeIf } from '@qlvb/platform-testing';

const root = join(import.meta.dirname, '..');
const judge = process.env['QLVB_JUDGE_COMPOSE'] ?? '';
const file = readFileSync(join(root, 'docker-compose.yml'), 'utf8');

interface Project {
  readonly services: Record<string, { readonly healthcheck?: { readonly test: readonly string[] } }>;
}

describeIf(judge !== '', "Compose's own parser (deploy/judges/judges install)", 'F-12 docker-compose.yml', () => {
  const place = mkdtempSync(join(tmpdir(), 'qlvb-compose-'));
  const environment = join(place, '.env');
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  /** What Compose makes of a file that lies where ours does. */
  const read = (text: string): { readonly said: string; readonly project: Project | undefined } => {
    const copy = join(place, 'docker-compose.yml');
    writeFileSync(copy, text.replaceAll('./deploy', join(root, 'deploy')));
    const { status, stdout, stderr } = spawnSync(judge, [copy, environment], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    return { said: stderr, project: status === 0 ? (JSON.parse(stdout) as Project) : undefined };
  };

  beforeAll(() => {
    // What make-env writes, taken from what the file asks for.
    const names = new Set([...file.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name));
    expect(names.size).toBeGreaterThan(10);
    writeFileSync(environment, [...names].map((name) => `${name}=${'x'.repeat(43)}\n`).join(''));
  });

  it('is accepted, and every health check is the command that it looks like', () => {
    const { said, project } = read(file);
    expect(said).toBe('');
    const checks = Object.entries(project?.services ?? {}).filter(
      ([, { healthcheck }]) => healthcheck?.test?.[0] === 'CMD',
    );
    expect(checks.length).toBeGreaterThanOrEqual(10);
    for (const [name, { healthcheck }] of checks) {
      expect(healthcheck?.test.every((part) => typeof part === 'string')).toBe(true);
      if (healthcheck?.test[1] !== 'node') continue;
      expect([
        name,
        spawnSync(process.execPath, ['--check', '--input-type=module', '-'], { input: healthcheck.test[3] }).status,
      ]).toEqual([name, 0]);
    }
  });

  it.each([
    [
      'an unquoted colon',
      (text: string) => text.replace(/- "(fetch\(.*)"$/m, '- $1').replace('0 : 1', '0: 1'),
      /must be a string/,
    ],
    [
      'a service that is not there',
      (text: string) => text.replace('install: { condition', 'instal: { condition'),
      /instal/,
    ],
    [
      'a key that Compose does not know',
      (text: string) => text.replace('stop_grace_period', 'stop_grace_time'),
      /stop_grace_time/,
    ],
    [
      'a secret that nobody made',
      (text: string) => text.replaceAll('${GRAFANA_PASSWORD:?', '${NOBODY_MADE_THIS:?'),
      /NOBODY_MADE_THIS/,
    ],
  ])('is judged: %s is refused', (_what, damage, words) => {
    const damaged = damage(file);
    expect(damaged).not.toBe(file);
    const { said, project } = read(damaged);
    expect(project).toBeUndefined();
    expect(said).toMatch(words);
  });
});
