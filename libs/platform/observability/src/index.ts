export { createLogger, describeError } from './logger.ts';
export type { Logger, LoggerOptions, LogLevel } from './logger.ts';
export { Metrics } from './metrics.ts';
export type { GaugeOptions, GaugeValue, HttpObservation } from './metrics.ts';
export { NestLogger } from './nest-logger.ts';
export { redact } from './redaction.ts';
export { continueTrace, formatTraceparent, outgoingHeaders, parseTraceparent, traceIdOf } from './trace-context.ts';
export type { TraceContext } from './trace-context.ts';
