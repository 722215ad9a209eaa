import { busConfig, createEventBus, UnknownDeadLetter } from '@qlvb/platform-bus';
import type { EventBus } from '@qlvb/platform-bus';
import { busLog } from '../bus-log.ts';
import type { Command, Order } from '../command.ts';
import { busEnvironment } from '../connection.ts';
import { Unusable } from '../unusable.ts';

/** `dead-letters list`: events that a service has given up, with their causes; false when there are any. */
export const listDeadLetters: Command = (order) =>
  withBus(order, async (bus) => {
    let none = true;
    for (const service of order.services) {
      for (const letter of await bus.deadLetters.list(service)) {
        none = false;
        const { id, group, cause, attempts, failedAt } = letter;
        const { topic } = letter.record;
        const event = JSON.parse(letter.record.value) as { type?: string; id?: string; agencyid?: string };
        order.print(
          {
            id,
            group,
            topic,
            cause,
            attempts,
            failedAt,
            event: { type: event.type, id: event.id, agencyId: event.agencyid },
          },
          `${id}  ${group}  ${event.type ?? topic}  ${failedAt}, ${attempts} lần: ${cause}`,
        );
      }
    }
    return none;
  });

/** `dead-letters show <id>`: one letter whole, with the event as it came. */
export const showDeadLetter: Command = (order) => {
  const [id, more] = order.rest;
  if (id === undefined || more !== undefined) throw new Unusable('Cần đúng một mã thư lỗi. (Name one letter.)');
  return withBus(order, async (bus) => {
    for (const service of order.services) {
      const letter = (await bus.deadLetters.list(service)).find((candidate) => candidate.id === id);
      if (!letter) continue;
      order.print(letter, JSON.stringify(letter, null, 2));
      return true;
    }
    throw new Unusable(`Không có thư lỗi ${id} đang chờ. (No such open letter.)`);
  });
};

/** `dead-letters replay <id>…`: delivers them once more to the service that gave them up. */
export const replayDeadLetters: Command = (order) => {
  if (order.rest.length === 0) throw new Unusable('Cần ít nhất một mã thư lỗi. (Name at least one letter.)');
  return withBus(order, async (bus) => {
    for (const id of order.rest) {
      try {
        await bus.deadLetters.replay(id);
      } catch (error) {
        if (!(error instanceof UnknownDeadLetter)) throw error;
        throw new Unusable(`Không có thư lỗi ${id} đang chờ. (No such open letter.)`, { cause: error });
      }
      order.print({ id, replayed: true }, `${id}: đã gửi lại (replayed)`);
    }
    return true;
  });
};

async function withBus<T>({ connection, environment }: Order, work: (bus: EventBus) => Promise<T>): Promise<T> {
  const bus = createEventBus(busConfig(busEnvironment(connection, environment)), busLog);
  try {
    // A bus that nobody has used yet has no place for letters.
    await bus.ensureTopics([]);
    return await work(bus);
  } finally {
    await bus.close();
  }
}
