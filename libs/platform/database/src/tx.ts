import type { DataOf, EventDeclaration } from '@qlvb/contracts';
import { currentContext } from '@qlvb/platform-context';
import type { Actor } from '@qlvb/platform-context';
import { newId } from '@qlvb/shared-domain';
import type { EntityManager } from 'typeorm';

/** One entry of the audit chain: who did what to which thing, with the exact state before and after. */
export interface AuditEntry {
  /** Past tense, `<thing>.<what happened>`, for example `outgoing-document.numbered`. */
  readonly action: string;
  readonly resource: { readonly type: string; readonly id: string };
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface PendingEvent {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly urgent: boolean;
  readonly event: string;
}

/** What the broker's topics are made for; big things ride as claim checks. */
const MOST_EVENT_BYTES = 2 ** 20;

/** One database transaction of a command: rows, events and audit become durable together or not at all. */
export class Tx {
  readonly manager: EntityManager;
  readonly agencyId: string;
  readonly now: Date;
  readonly #service: string;
  readonly #events: PendingEvent[];
  readonly #audits: { agency: string; entry: string }[];

  constructor(
    manager: EntityManager,
    service: string,
    agencyId: string,
    now: Date,
    shared?: { events: PendingEvent[]; audits: { agency: string; entry: string }[] },
  ) {
    this.manager = manager;
    this.#service = service;
    this.agencyId = agencyId;
    this.now = now;
    this.#events = shared?.events ?? [];
    this.#audits = shared?.audits ?? [];
  }

  /** Adds an event to the outbox; `data` must fit the declaration. @throws Error above 1 MiB, which no broker would take */
  publish<Declaration extends EventDeclaration>(declaration: Declaration, data: DataOf<Declaration>): string {
    const parsed = declaration.data.parse(data);
    const id = newId();
    const key = declaration.key(parsed);
    const event = JSON.stringify({
      specversion: '1.0',
      id,
      source: `/qlvb/${this.#service}`,
      type: declaration.type,
      time: this.now.toISOString(),
      subject: key,
      datacontenttype: 'application/json',
      agencyid: this.agencyId,
      traceparent: currentContext()?.traceparent,
      data: parsed,
    });
    const bytes = Buffer.byteLength(event);
    if (bytes > MOST_EVENT_BYTES) throw new Error(`an event ${declaration.type} of ${bytes} bytes is too large`);
    this.#events.push({ id, topic: declaration.topic, key, urgent: declaration.urgent?.(parsed) ?? false, event });
    return id;
  }

  audit(entry: AuditEntry): void {
    const context = currentContext();
    this.#audits.push({
      agency: this.agencyId,
      entry: JSON.stringify({
        id: newId(),
        at: this.now.toISOString(),
        service: this.#service,
        actor: actorOf(context?.actor),
        requestId: context?.requestId,
        ...entry,
      }),
    });
  }

  /** The same transaction, writing for another agency; the caller has switched the database's view. */
  forAgency(agencyId: string): Tx {
    return new Tx(this.manager, this.#service, agencyId, this.now, { events: this.#events, audits: this.#audits });
  }

  get pending(): {
    readonly events: readonly PendingEvent[];
    readonly audits: readonly { agency: string; entry: string }[];
  } {
    return { events: this.#events, audits: this.#audits };
  }
}

const actorOf = (actor: Actor | undefined): unknown =>
  actor ? { userId: actor.userId, agencyId: actor.agencyId, postId: actor.postId } : { system: true };
