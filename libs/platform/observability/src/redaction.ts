const REDACTED = '[REDACTED]';

/** Names whose text never belongs in a log, in any spelling: `accessToken`, `access_token`, `Set-Cookie`, … */
const SECRET_FIELD =
  /"((?:[\w-]*(?:password|passphrase|secret|token|authorization|cookie|private[_-]?key|api[_-]?key|cccd|citizen[_-]?(?:id|number)))|pin|otp)":\s*"(?:[^"\\]|\\.)*"/gi;

const JSON_WEB_TOKEN = /eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g;
const BEARER = /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi;
/** `user:password@host` of a connection URL. */
const URL_CREDENTIALS = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/"]*):[^\s@"]+@/gi;

/**
 * Twelve digits that begin with 0, with or without the separators people type between groups: a citizen number, also one
 * with the prefix of tests, which no place has. Parts of UUIDs and of hexadecimal digests are left alone.
 */
const CITIZEN_NUMBER = /(?<!(?<!\\)[\w-])0\d{2}(?:[ .-]?\d{3}){3}(?![\w-])/g;

/**
 * Removes what must not be logged from one serialised log line; the line stays valid JSON. It looks at the text and not
 * at named paths, so that a secret inside an error message or a nested object is caught too.
 *
 * @source SEC-L07
 * @source CID-22
 */
export function redact(line: string): string {
  return line
    .replace(SECRET_FIELD, `"$1":"${REDACTED}"`)
    .replace(JSON_WEB_TOKEN, REDACTED)
    .replace(BEARER, `$1 ${REDACTED}`)
    .replace(URL_CREDENTIALS, `$1:${REDACTED}@`)
    .replace(CITIZEN_NUMBER, REDACTED);
}
