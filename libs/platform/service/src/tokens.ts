/** The present instant; tests replace it. */
export const CLOCK = Symbol('clock');

/** Where the heads of the audit chains are taken to. */
export const HEADS_FOLDER = Symbol('heads folder');
