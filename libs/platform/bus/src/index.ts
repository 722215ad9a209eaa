export { busConfig, busEnvironment } from './bus-config.ts';
export type { BusConfig, BusEnvironment, KafkaBusConfig, PostgresBusConfig } from './bus-config.ts';
export type { BusLog } from './bus-log.ts';
export { classifyFailure, PoisonRecord } from './consumer/failure.ts';
export type { FailureKind } from './consumer/failure.ts';
export type { SubscriptionProgress } from './consumer/progress.ts';
export { defaultRetryPolicy } from './consumer/retry-policy.ts';
export type { RetryPolicy } from './consumer/retry-policy.ts';
export { createEventBus } from './create-event-bus.ts';
export { UnknownDeadLetter } from './dead-letter.ts';
export type { DeadLetter, DeadLetters } from './dead-letter.ts';
export type {
  BusHealth,
  BusRecord,
  EventBus,
  Lane,
  RecordHandler,
  SubscribeOptions,
  Subscription,
  TopicRequest,
} from './event-bus.ts';
export { BusModule, EVENT_BUS, INBOX_RUNNER, OUTBOX_SOURCE } from './nest/bus.module.ts';
export type { BusModuleOptions } from './nest/bus.module.ts';
export { QlvbBusStrategy } from './nest/bus.strategy.ts';
export type { BusStrategyOptions, InboxRunner } from './nest/bus.strategy.ts';
export { OnEvent } from './nest/on-event.decorator.ts';
export { OutboxRelay } from './outbox-relay.ts';
export type { OutboxLease, OutboxProgress, OutboxRelayOptions, OutboxRow, OutboxSource } from './outbox-relay.ts';
