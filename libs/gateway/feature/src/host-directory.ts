import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Health, LOGGER } from '@qlvb/platform-http';
import type { Logger } from '@qlvb/platform-observability';
import { hostAgency, hostOf } from '@qlvb/vietnam';
import { z } from 'zod';
import { ServiceUnavailable } from './gateway.problems.ts';
import { GATEWAY_SETTINGS } from './gateway.settings.ts';
import type { GatewaySettings } from './gateway.settings.ts';

const Hosts = z.object({
  items: z.array(z.object({ label: z.string().nullable(), agencyIds: z.array(z.uuid()) })),
});

/** What a host stands for: everybody, or the agencies below one owner. */
export type HostScope = 'shared' | { readonly agencyIds: ReadonlySet<string> };
/** A well-formed name that no agency has, and one that can be nobody's. */
export type NoHost = 'unknown' | 'malformed';

/**
 * Host → agencies, held in memory and asked from identity: at start until it answers, then well within the minute in which
 * a new agency must be reachable.
 *
 * @source DOM-27
 */
@Injectable()
export class HostDirectory implements OnApplicationBootstrap, OnApplicationShutdown {
  #byLabel: ReadonlyMap<string, HostScope> | undefined;
  #hostOfAgency: ReadonlyMap<string, string> = new Map();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    @Inject(GATEWAY_SETTINGS) private readonly settings: GatewaySettings,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Health) health: Health,
  ) {
    health.readiness('host directory', () => {
      if (!this.#byLabel) throw new Error('the agencies are not known yet');
    });
  }

  onApplicationBootstrap(): void {
    const again = (delay: number): void => {
      if (this.#stopped) return;
      this.#timer = setTimeout(() => {
        this.refresh().then(
          () => again(this.settings.hostsRefreshMs),
          (err: unknown) => {
            this.logger.warn({ err }, 'the host directory could not be refreshed');
            again(500);
          },
        );
      }, delay);
    };
    again(0);
  }

  onApplicationShutdown(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async refresh(): Promise<void> {
    const response = await fetch(new URL('/api/v1/hosts', this.settings.identityUrl), {
      signal: AbortSignal.timeout(5000),
    });
    if (!response.ok) throw new Error(`identity answered ${response.status}`);
    const { items } = Hosts.parse(await response.json());
    if (items.length === 0) throw new Error('identity has no agencies yet');
    const { baseDomain } = this.settings;
    this.#byLabel = new Map(
      items.flatMap(({ label, agencyIds }) => (label === null ? [] : [[label, { agencyIds: new Set(agencyIds) }]])),
    );
    this.#hostOfAgency = new Map(
      items.flatMap(({ label, agencyIds }) => agencyIds.map((id) => [id, hostOf(label ?? undefined, baseDomain)])),
    );
  }

  /** @throws ServiceUnavailable until identity has answered for the first time */
  find(host: string): HostScope | NoHost {
    const address = hostAgency(host, this.settings.baseDomain);
    if (!address) return 'malformed';
    if (!this.#byLabel) throw ServiceUnavailable({ service: 'identity' });
    return address.kind === 'shared' ? 'shared' : (this.#byLabel.get(address.label) ?? 'unknown');
  }

  /** The host where an agency's people work. */
  hostOf(agencyId: string): string {
    return this.#hostOfAgency.get(agencyId) ?? hostOf(undefined, this.settings.baseDomain);
  }
}
