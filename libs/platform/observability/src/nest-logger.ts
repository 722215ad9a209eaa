import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.ts';

const STARTUP_CONTEXTS = new Set<unknown>([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
  'NestMicroservice',
]);

/** Lets the framework's own lines take the same way as ours. */
export class NestLogger implements LoggerService {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** What Nest tells of its own start-up, line by line, is for debugging. */
  log(message: unknown, ...rest: unknown[]): void {
    this.#write(STARTUP_CONTEXTS.has(rest.at(-1)) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.#write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.#write('fatal', message, rest);
  }

  /** Nest passes the context last and, for errors, a stack or the error before it. */
  #write(level: 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal', message: unknown, rest: unknown[]): void {
    const last = rest.at(-1);
    const context = typeof last === 'string' && !last.includes('\n') ? { context: last } : {};
    const err = [message, ...rest].find((part) => part instanceof Error);
    const stack = rest.find((part): part is string => typeof part === 'string' && part.includes('\n    at '));
    const text = message instanceof Error ? message.message : typeof message === 'string' ? message : undefined;
    const details = text === undefined ? { details: message } : {};
    this.#logger[level]({ ...context, ...(err ? { err } : stack ? { stack } : {}), ...details }, text);
  }
}
