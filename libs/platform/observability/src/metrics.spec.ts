import { Metrics } from './metrics.ts';

describe('metrics', () => {
  it('read backlogs when asked, and stay readable when one cannot be read', async () => {
    const metrics = new Metrics('notes');
    metrics.backlog('outbox', () => [{ labels: { queue: 'normal' }, value: 3 }]);
    metrics.backlog('inbox', () => Promise.reject(new Error('database is down')));
    metrics.gauge({ name: 'qlvb_age_seconds', help: 'x', collect: () => [{ value: 7 }] });
    const text = await metrics.text();
    expect(text).toContain('qlvb_outbox_backlog{queue="normal",service="notes"} 3');
    expect(text).not.toMatch(/qlvb_inbox_backlog\{/);
    expect(text).toContain('qlvb_age_seconds{service="notes"} 7');
  });
});
