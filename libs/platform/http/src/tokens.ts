export const HTTP_LIMITS = Symbol('HttpLimits');
/** The service's `Logger`. */
export const LOGGER = Symbol('Logger');
