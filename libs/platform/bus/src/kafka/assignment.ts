import { OffsetTracker } from './offset-tracker.ts';

/** One partition while it is ours; also the owner of the deliveries that came from it. */
export class AssignedPartition {
  readonly topicName: string;
  readonly partition: number;
  readonly tracker: OffsetTracker;
  paused = false;

  constructor(topicName: string, partition: number, firstOffset: number) {
    this.topicName = topicName;
    this.partition = partition;
    this.tracker = new OffsetTracker(firstOffset);
  }
}

const nameOf = (topicName: string, partition: number): string => `${topicName}/${partition}`;

/** The partitions of the present membership in the group. */
export class Assignment {
  readonly #partitions = new Map<string, AssignedPartition>();
  /** Up to where partitions of the former membership were done, until the first batch of the present one. */
  readonly #former = new Map<string, number>();

  get partitions(): readonly AssignedPartition[] {
    return [...this.#partitions.values()];
  }

  has(partition: AssignedPartition): boolean {
    return this.#partitions.get(nameOf(partition.topicName, partition.partition)) === partition;
  }

  /** The membership ended: the broker delivers again from what was committed. Returns what was held. */
  end(): readonly AssignedPartition[] {
    const ended = this.partitions;
    for (const partition of ended) {
      this.#former.set(nameOf(partition.topicName, partition.partition), partition.tracker.watermark);
    }
    this.#partitions.clear();
    return ended;
  }

  /**
   * Where to go back to when a batch begins behind records that were never finished: one that was already on its way
   * when the membership changed. Asked once per membership; afterwards the batch counts, for retention may have
   * removed the records before it.
   */
  missedBefore(topicName: string, partition: number, firstOffset: number): number | undefined {
    const name = nameOf(topicName, partition);
    if (this.#partitions.has(name)) return undefined;
    const former = this.#former.get(name);
    this.#former.delete(name);
    return former !== undefined && former < firstOffset ? former : undefined;
  }

  /**
   * @returns the partition that this batch belongs to, and the one it replaces when the log was rewound or wiped
   */
  open(
    topicName: string,
    partition: number,
    firstOffset: number,
  ): { current: AssignedPartition; replaced: AssignedPartition | undefined } {
    const name = nameOf(topicName, partition);
    const known = this.#partitions.get(name);
    if (known && firstOffset >= known.tracker.next) return { current: known, replaced: undefined };
    const current = new AssignedPartition(topicName, partition, firstOffset);
    this.#partitions.set(name, current);
    return { current, replaced: known };
  }
}
