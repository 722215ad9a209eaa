export const HTTP_LIMITS = Symbol('HttpLimits');
/** A secret of a service whose bodies could be guessed from their digest; see `fingerprint`. */
export const FINGERPRINT_KEY = Symbol('FingerprintKey');
/** The service's `Logger`. */
export const LOGGER = Symbol('Logger');
