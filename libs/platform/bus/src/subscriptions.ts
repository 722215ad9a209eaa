import type { BusProgress, Subscription } from './event-bus.ts';

/** The subscriptions of a bus in this process, one for a group, as long as they are open. */
export class Subscriptions {
  readonly #open = new Map<string, Subscription>();

  /** @throws Error when the group is subscribed here already */
  assertFree(group: string): void {
    if (this.#open.has(group)) throw new Error(`group ${group} is subscribed here already`);
  }

  start<Started extends Subscription & { start(): void }>(subscription: Started): Started {
    this.#open.set(subscription.group, subscription);
    subscription.start();
    return subscription;
  }

  closed(group: string): void {
    this.#open.delete(group);
  }

  progress(): BusProgress {
    const subscriptions = [...this.#open.values()].map((subscription) => subscription.progress());
    return { live: subscriptions.every((progress) => progress.live), subscriptions };
  }

  async drain(limitMs?: number): Promise<void> {
    await Promise.all([...this.#open.values()].map((subscription) => subscription.drain(limitMs)));
  }
}
