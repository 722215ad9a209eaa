/** The present instant; tests replace it. */
export const CLOCK = Symbol('clock');

/** Where the heads of audit chains and row journal are taken to. */
export const HEAD_PLACES = Symbol('head places');
