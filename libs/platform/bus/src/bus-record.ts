/** Urgent documents overtake normal traffic; order is kept per key inside a lane, so a key stays in one lane. */
export type Lane = 'urgent' | 'normal';

export interface BusRecord {
  /** The event's id; the same id is the same event, however often it is published. */
  readonly id: string;
  readonly topic: string;
  /** Records of one topic, lane and key are handled one after the other, in the order they were published. */
  readonly key: string;
  readonly lane: Lane;
  /** A CloudEvents 1.0 JSON document. Big payloads ride as claim checks, never in here. */
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}
