import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface HttpObservation {
  readonly method: string;
  /** The route's template, never the path that was asked for: one series per route, and no identifiers in metrics. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

export interface GaugeOptions<L extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly L[];
  /** Reads the present values when the metrics are asked for. */
  readonly collect: () => readonly GaugeValue<L>[] | Promise<readonly GaugeValue<L>[]>;
}

export interface GaugeValue<L extends string> {
  readonly labels?: Readonly<Record<L, string>>;
  readonly value: number;
}

/** The metrics of one service: process, HTTP, and whatever its parts add. */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests: Histogram<'method' | 'route' | 'status'>;
  readonly #inFlight: Gauge;

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
    this.#requests = new Histogram({
      name: 'qlvb_http_request_duration_seconds',
      help: 'Time from the request line to the last byte of the answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
      registers: [this.registry],
    });
    this.#inFlight = new Gauge({
      name: 'qlvb_http_requests_in_flight',
      help: 'Requests being answered now',
      registers: [this.registry],
    });
  }

  requestStarted(): void {
    this.#inFlight.inc();
  }

  requestEnded(observation: HttpObservation): void {
    this.#inFlight.dec();
    const { method, route, status, seconds } = observation;
    this.#requests.observe({ method, route, status: String(status) }, seconds);
  }

  histogram<L extends string = never>(
    name: string,
    help: string,
    labelNames: readonly L[] = [],
    buckets?: readonly number[],
  ): Histogram<L> {
    return new Histogram({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
      ...(buckets ? { buckets: [...buckets] } : {}),
    });
  }

  counter(name: string, help: string): Counter {
    return new Counter({ name, help, registers: [this.registry] });
  }

  /**
   * A gauge read on demand, for backlogs: rows in the outbox, age of the oldest, consumer lag. A reading that fails leaves
   * the gauge without values, it never fails the whole page.
   */
  gauge<L extends string = never>(options: GaugeOptions<L>): void {
    new Gauge<L>({
      name: options.name,
      help: options.help,
      labelNames: [...(options.labelNames ?? [])],
      registers: [this.registry],
      async collect() {
        this.reset();
        try {
          for (const { labels, value } of await options.collect()) {
            if (labels) this.set(labels as Parameters<typeof this.set>[0] & object, value);
            else this.set(value);
          }
        } catch {
          this.reset();
        }
      },
    });
  }

  /** Outbox, inbox or consumer backlog under the common names, so that one dashboard fits all services. */
  backlog(part: 'outbox' | 'inbox' | 'bus', collect: GaugeOptions<'queue'>['collect']): void {
    this.gauge({
      name: `qlvb_${part}_backlog`,
      help: `Messages that wait in the ${part}`,
      labelNames: ['queue'],
      collect,
    });
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}
