/** What a service may do on the bus. */
export interface BusMember {
  /** The account of the service: a role of its database, or a user of Kafka. */
  readonly role: string;
  readonly group: string;
  readonly publishes: readonly string[];
  readonly reads: readonly string[];
}
