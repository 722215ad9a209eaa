import { cloudEventSchema, declaredEvents } from './index.ts';

describe('events', () => {
  it.each(declaredEvents().map((event) => [event.type, event] as const))(
    '%s: example fits, key is stable, topic is its aggregate',
    (type, event) => {
      const parsed: unknown = event.data.parse(event.example);
      expect(event.key(parsed)).toMatch(/^[\w-]+$/);
      expect(type.startsWith(`${event.topic.split('.')[0] ?? ''}.`)).toBe(true);
      expect(event.summary).toMatch(/\.$/);
      const envelope = {
        specversion: '1.0',
        id: '0191e9a0-0000-7000-8000-000000000001',
        source: '/qlvb/test',
        type,
        time: new Date().toISOString(),
        subject: event.key(parsed),
        datacontenttype: 'application/json',
        agencyid: '0191e9a0-0000-7000-8000-000000000002',
        data: parsed,
      };
      expect(cloudEventSchema.parse(JSON.parse(JSON.stringify(envelope)))).toEqual(envelope);
    },
  );
});
