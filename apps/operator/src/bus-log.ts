import type { BusLog } from '@qlvb/platform-bus';

const say = (message: string): void => void process.stderr.write(`${message}\n`);

/** What an operator should know of the bus while a command works with it. */
export const busLog: BusLog = { log: () => undefined, warn: say, error: say };
