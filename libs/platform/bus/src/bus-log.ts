/** Where the bus reports what operators should know; Nest's Logger fits. */
export interface BusLog {
  log(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
