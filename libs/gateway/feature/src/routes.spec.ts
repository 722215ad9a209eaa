import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS } from '@qlvb/records';
import { bodyLimit, serviceFor } from './routes.ts';

describe('serviceFor', () => {
  it.each([
    ['/api/v1/agencies', 'identity'],
    ['/api/v1/agencies?query=x', 'identity'],
    ['/api/v1/outgoing-documents/1/submissions', 'documents'],
    ['/api/v1/dossiers/', 'archive'],
  ])('%s goes to %s', (target, service) => expect(serviceFor(target)).toBe(service));

  it.each([
    '/api/v1/',
    '/api/v1/%61gencies',
    '/api/v1/agenciesx',
    '/api/v1/../-/metrics',
    '//api/v1/agencies',
    '/api/v2/agencies',
    '/-/metrics',
  ])('%s goes nowhere', (target) => expect(serviceFor(target)).toBeUndefined());
});

const document = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'openapi.json'), 'utf8'),
) as { paths: Record<string, Record<string, { requestBody?: { content: Record<string, object> } }>> };

it('every published path goes to a service', () => {
  const paths = Object.keys(document.paths);
  expect(paths.filter((path) => serviceFor(path) === undefined)).toEqual([]);
  expect(paths.length).toBeGreaterThan(100);
});

describe('bodyLimit', () => {
  it('F-54 FMT-10 is the limit of files where files are taken, and only there', () => {
    const uploads = Object.entries(document.paths)
      .filter(([, acts]) =>
        Object.values(acts).some(({ requestBody }) =>
          Object.keys(requestBody?.content ?? {}).some((type) => !type.endsWith('json')),
        ),
      )
      .map(([path]) => (path.startsWith('/api/v1') ? path : `/api/v1${path}`));
    expect(uploads.length).toBeGreaterThan(1);
    for (const path of uploads) expect([path, bodyLimit(path)]).toEqual([path, LIMITS.file.bytes]);
    expect(bodyLimit('/api/v1/tasks/1')).toBe(1024 * 1024);
  });
});
