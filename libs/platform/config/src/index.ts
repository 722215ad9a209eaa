export { clockOf, clockSettings } from './file-clock.ts';
export { ConfigurationError, loadConfig, parseConfig, variableName } from './load-config.ts';
export type { Config, Environment } from './load-config.ts';
export { neededWith } from './needed-with.ts';
export { Secret, secret } from './secret.ts';
export type { SecretOptions } from './secret.ts';
export { baseSchema, fromText } from './string-values.ts';
