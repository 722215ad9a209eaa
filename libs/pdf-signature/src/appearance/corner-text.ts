/**
 * Signing time as it is shown: day and time to the second in Vietnamese time, ISO 8601, whatever the server's zone is.
 *
 * @source VN-16
 */
export function shownTime(at: Date): string {
  return `${new Date(at.getTime() + 7 * 3600_000).toISOString().slice(0, 19)}+07:00`;
}

/** Text on an attachment in a file of its own: number and symbol of the main document, signing time. @source VN-12 */
export const attachmentLines = (numberAndSymbol: string, signedAt: Date): readonly string[] => [
  numberAndSymbol,
  shownTime(signedAt),
];
