import { serviceFor } from './routes.ts';

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
