import { BlockList, isIPv6 } from 'node:net';
import { hostAgency } from '@qlvb/vietnam';
import type { FastifyRequest } from 'fastify';

const INSIDE = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  INSIDE.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  INSIDE.addSubnet(network, prefix, 'ipv6');
}

/**
 * True for operators and monitors: an address of an inner network, no proxy in between, and no host of an agency. Judged by
 * the connection itself, never by what a header says.
 */
export function isFromInside({ raw }: Pick<FastifyRequest, 'raw'>, baseDomain: string): boolean {
  const address = raw.socket.remoteAddress?.replace(/^::ffff:(?=[0-9.]+$)/, '') ?? '';
  const forwarded = Object.keys(raw.headers).some((name) => name === 'forwarded' || name.startsWith('x-forwarded-'));
  const near = INSIDE.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  return near && !forwarded && hostAgency(raw.headers.host ?? '', baseDomain) === undefined;
}
