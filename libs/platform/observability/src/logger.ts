import { inspect } from 'node:util';
import { pino } from 'pino';
import type { DestinationStream, Logger as PinoLogger } from 'pino';
import { currentContext } from '@qlvb/platform-context';
import { redact } from './redaction.ts';
import { traceIdOf } from './trace-context.ts';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
export type Logger = PinoLogger;

export interface LoggerOptions {
  readonly service: string;
  readonly level?: LogLevel;
  /** Where finished lines go; standard output when absent. */
  readonly write?: (line: string) => void;
}

/**
 * One JSON object per line, each with the request, trace, actor and agency it belongs to, redacted as a whole.
 * Written synchronously: the last lines before a crash are the ones that matter.
 *
 * @source SEC-L07
 */
export function createLogger(options: LoggerOptions): Logger {
  const output: DestinationStream = options.write ? { write: options.write } : standardOutput();
  return pino(
    {
      level: options.level ?? 'info',
      base: { service: options.service, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: contextFields,
      serializers: { err: describeError, error: describeError, cause: describeError },
    },
    { write: (line: string) => output.write(redact(line)) },
  );
}

/** When the reader of the log is gone the service must still stop in good order, not die of its own log lines. */
function standardOutput(): DestinationStream {
  const output = pino.destination({ dest: 1, sync: true });
  output.on('error', () => undefined);
  return output;
}

function contextFields(): Record<string, string> {
  const context = currentContext();
  if (!context) return {};
  return {
    requestId: context.requestId,
    traceId: traceIdOf(context.traceparent) ?? '',
    ...(context.actor ? { userId: context.actor.userId } : {}),
    ...(context.agencyId ? { agencyId: context.agencyId } : {}),
  };
}

/** Message, stack, code and the chain of causes; nothing else, because libraries hang whole requests on their errors. */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'object' ? inspect(error, { depth: 1 }) : error;
  const code = (error as NodeJS.ErrnoException).code;
  return {
    type: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
    ...(error instanceof AggregateError ? { errors: error.errors.map(describeError) } : {}),
  };
}
