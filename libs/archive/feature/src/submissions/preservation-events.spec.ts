import type { KeptCheck } from '@qlvb/archive-domain';
import { acceptanceRecord } from './preservation-events.ts';

const person = (userId: string) => ({ userId, postId: 'p', fullName: userId, position: 'Chuyên viên' });
const asked = new Date('2026-11-23T03:00:00Z');
const packed = '2026-11-23T03:07:00.000Z';
const ENGINE = 'ClamAV 1.4.3/27800/Sat Nov 28 08:45:00 2026';
const clean: KeptCheck = { check: 'virus', outcome: 'success', reasons: [], by: ENGINE, at: packed };

const recordOf = (...checks: KeptCheck[]) =>
  acceptanceRecord(
    { id: 's', code: 'H46.05-1', checks, createdAt: asked, submittedBy: person('maker') },
    {
      objectId: 'uuid-1',
      sip: { objectId: 'uuid-0', sha256: 'ab' },
      by: person('archivist'),
      at: new Date('2026-11-24T03:00:00Z'),
      reason: null,
      retention: '10 năm, Danh mục hồ sơ, 2026, 01.HC',
    },
  );
const eventOf = (type: string, ...checks: KeptCheck[]) =>
  recordOf(...checks).events.find((event) => event.type === type);

describe('F-32 PKG-14 what the package says of the checks on receipt', () => {
  it('SUB-10 the scanner is who said so itself, with its version, and nobody else ran it', () => {
    expect(eventOf('virus check', clean)).toMatchObject({
      detail: ENGINE,
      at: new Date(packed),
      outcome: 'success',
      agents: [{ id: 'virus-scanner', role: 'executing program' }],
    });
    expect(recordOf(clean).agents).toContainEqual({
      id: 'virus-scanner',
      name: 'ClamAV',
      type: 'software',
      version: '1.4.3/27800/Sat Nov 28 08:45:00 2026',
    });
  });

  it('SUB-10 a scanner that does not say what it is is unknown', () => {
    const { by: _by, ...unnamed } = clean;
    expect(eventOf('virus check', unnamed)?.detail).toBe('unknown');
    expect(recordOf(unnamed).agents).toContainEqual({ id: 'virus-scanner', name: 'unknown', type: 'software' });
  });

  it('SUB-10 where nobody looked there is neither event nor scanner', () => {
    const none: KeptCheck = { check: 'virus', outcome: 'warning', reasons: ['NOT_SCANNED'], at: packed };
    expect(eventOf('virus check', none)).toBeUndefined();
    expect(recordOf(none).agents.map(({ id }) => id)).not.toContain('virus-scanner');
  });

  it('each has the time at which it was made; one kept before that was says so', () => {
    const check: KeptCheck = { check: 'structure', outcome: 'success', reasons: [], at: packed };
    expect(eventOf('validation', check)).toMatchObject({ at: new Date(packed), detail: 'METS, SHA-256' });
    const { at: _at, ...older } = check;
    expect(eventOf('validation', older)).toMatchObject({ at: asked, detail: expect.stringContaining('not kept') });
  });

  it('RET-7 the retention that was assigned is told, not that there was one', () => {
    const check: KeptCheck = { check: 'retention-and-list', outcome: 'success', reasons: [], at: packed };
    expect(eventOf('policy assignment', check)?.detail).toBe('10 năm, Danh mục hồ sơ, 2026, 01.HC');
  });
});
