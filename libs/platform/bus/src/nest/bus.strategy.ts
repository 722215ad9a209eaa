import { randomBytes } from 'node:crypto';
import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy, MessageHandler } from '@nestjs/microservices';
import type { CloudEvent, EventDeclaration } from '@qlvb/contracts';
import { runInContext } from '@qlvb/platform-context';
import { isObservable, lastValueFrom } from 'rxjs';
import type { BusRecord } from '../bus-record.ts';
import type { EventBus, Subscription } from '../event-bus.ts';
import { readEnvelope, readEvent } from './envelope.ts';
import { DECLARATION } from './on-event.decorator.ts';

/** Remembers, in the transaction of the effect, which events a group has seen; for ever. */
export interface InboxRunner {
  once(
    group: string,
    event: { readonly id: string; readonly type: string; readonly agencyId: string },
    effect: () => Promise<void>,
  ): Promise<'applied' | 'duplicate'>;
}

export interface BusStrategyOptions {
  /** The service's name: its replicas share the work. */
  readonly group: string;
  readonly drainLimitMs?: number;
}

interface Registered {
  readonly declaration: EventDeclaration;
  readonly handlers: MessageHandler[];
}

/**
 * Brings events to `@OnEvent` methods of Nest controllers: as a microservice transport, so that a service reads like any
 * other Nest service, with retry, inbox, dead letters, liveness and drain from the bus.
 */
export class QlvbBusStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId = Symbol('qlvb-bus');
  override readonly propagatesEventHandlerErrors = true;
  readonly #bus: EventBus;
  readonly #inbox: InboxRunner;
  readonly #options: BusStrategyOptions;
  readonly #events = new Map<string, Registered>();
  #subscription: Subscription | undefined;

  constructor(bus: EventBus, inbox: InboxRunner, options: BusStrategyOptions) {
    super();
    this.#bus = bus;
    this.#inbox = inbox;
    this.#options = options;
  }

  /** Topics of the declared handlers. */
  get topics(): readonly string[] {
    return [...new Set([...this.#events.values()].map(({ declaration }) => declaration.topic))].sort();
  }

  /** Several methods may handle one event: they run one after the other, in one transaction. */
  override addHandler(
    pattern: unknown,
    handler: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    const declaration = extras[DECLARATION] as EventDeclaration | undefined;
    if (!isEventHandler || !declaration) {
      throw new Error(`the bus carries events only: declare ${String(pattern)} with @OnEvent`);
    }
    const known = this.#events.get(declaration.type);
    if (known) known.handlers.push(handler);
    else this.#events.set(declaration.type, { declaration, handlers: [handler] });
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      if (this.topics.length > 0) {
        this.#subscription = await this.#bus.subscribe({
          group: this.#options.group,
          topics: this.topics,
          handler: (record) => this.#handle(record),
        });
      }
    } catch (error) {
      callback(error);
      return;
    }
    callback();
  }

  async close(): Promise<void> {
    await this.#subscription?.drain(this.#options.drainLimitMs);
  }

  override on(event: string): never {
    throw new Error(`the bus has no event ${event} to listen to; ask its health instead`);
  }

  override unwrap<T>(): T {
    return this.#bus as T;
  }

  async #handle(record: BusRecord): Promise<void> {
    const envelope = readEnvelope(record.value);
    const registered = this.#events.get(envelope.type);
    // Other events of the aggregate share the topic; this service did not ask for them.
    if (!registered) return;
    const event = readEvent(registered.declaration, envelope);
    await runInContext(
      {
        requestId: event.id,
        traceparent: childSpan(event.traceparent),
        language: 'vi',
        agencyId: event.agencyid,
      },
      () => this.#apply(event, registered.handlers),
    );
  }

  async #apply(event: CloudEvent, handlers: readonly MessageHandler[]): Promise<void> {
    const { id, type, agencyid: agencyId } = event;
    await this.#inbox.once(this.#options.group, { id, type, agencyId }, async () => {
      for (const handler of handlers) await run(handler, event);
    });
  }
}

async function run(handler: MessageHandler, event: CloudEvent): Promise<void> {
  const result: unknown = await handler(event);
  if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
}

/** The handler's own span under the trace that the event carries (W3C Trace Context); a new trace when it has none. */
function childSpan(traceparent: string | undefined): string {
  const [, trace = randomBytes(16).toString('hex'), flags = '00'] =
    /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/.exec(traceparent ?? '') ?? [];
  return `00-${trace}-${randomBytes(8).toString('hex')}-${flags}`;
}
