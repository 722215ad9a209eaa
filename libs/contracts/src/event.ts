import { z } from 'zod';

/** One integration event, declared once: producer, consumer, AsyncAPI and tests use this object. */
export interface EventDeclaration<Type extends string = string, Schema extends z.ZodType = z.ZodType> {
  /** `<service>.<aggregate>.<what happened>.v<n>`. */
  readonly type: Type;
  /** One topic per aggregate: one key keeps its order. */
  readonly topic: string;
  readonly summary: string;
  readonly data: Schema;
  /**
   * What its consumers take, where others than this platform send it too: wider than `data`, which is what this platform
   * sends. A record that fits neither is given up at once and reaches nobody.
   */
  readonly accepts?: z.ZodType;
  readonly key: (data: z.infer<Schema>) => string;
  readonly example: z.infer<Schema>;
  /** True when this instance takes the urgent lane (QĐ28-A6-4). */
  readonly urgent?: (data: z.infer<Schema>) => boolean;
}

export type DataOf<Declaration> = Declaration extends EventDeclaration<string, infer Schema> ? z.infer<Schema> : never;

/** CloudEvents 1.0 in structured JSON form, with this platform's extension attributes. */
export interface CloudEvent<Data = unknown> {
  readonly specversion: '1.0';
  /** UUIDv7; the inbox of every consumer group remembers it for ever. */
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: string;
  readonly subject: string;
  readonly datacontenttype: 'application/json';
  /** The agency whose data this is. */
  readonly agencyid: string;
  readonly traceparent?: string | undefined;
  readonly data: Data;
}

export type EventOf<Declaration> = CloudEvent<DataOf<Declaration>>;

export const cloudEventSchema = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string().min(1).max(200),
  type: z.string().min(1).max(200),
  time: z.iso.datetime({ offset: true }),
  subject: z.string().min(1).max(300),
  datacontenttype: z.literal('application/json'),
  agencyid: z.uuid(),
  traceparent: z.string().max(55).optional(),
  data: z.unknown(),
});

const registry = new Map<string, EventDeclaration>();

/** @throws Error when two declarations share a type or the example does not fit the schema */
export function defineEvent<const Type extends string, Schema extends z.ZodType>(
  declaration: EventDeclaration<Type, Schema>,
): EventDeclaration<Type, Schema> {
  if (registry.has(declaration.type)) throw new Error(`event declared twice: ${declaration.type}`);
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+\.v\d+$/.test(declaration.type)) throw new Error(`bad type: ${declaration.type}`);
  declaration.data.parse(declaration.example);
  declaration.accepts?.parse(declaration.example);
  registry.set(declaration.type, declaration as unknown as EventDeclaration);
  return declaration;
}

/** Every event declared by the modules loaded so far, sorted by type. */
export function declaredEvents(): readonly EventDeclaration[] {
  return [...registry.values()].sort((a, b) => (a.type < b.type ? -1 : 1));
}
