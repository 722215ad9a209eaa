import { busConfig, createEventBus } from '@qlvb/platform-bus';
import { SERVICES } from '@qlvb/installation';

const silent = (): void => undefined;

/** No service gave an event up. */
export async function deadLetters(environment: Readonly<Record<string, string>>): Promise<string[]> {
  const bus = createEventBus(busConfig(environment), { log: silent, warn: silent, error: silent });
  try {
    const letters = await Promise.all(SERVICES.map((service) => bus.deadLetters.list(service)));
    return letters.flat().map(({ group, topic, cause }) => `dead letter of ${group} in ${topic}: ${cause}`);
  } finally {
    await bus.close();
  }
}
