/**
 * Named places where a test can make the process stop, fail or wait. Compiled in everywhere, armed only by
 * `QLVB_FAIL_POINTS` where NODE_ENV is `test`, for example `outbox:after-publish=kill@3,inbox:before-ack=delay:200`:
 * `kill` ends the process as SIGKILL would, `throw` raises, `delay:<ms>` waits; `@n` acts on the n-th pass only.
 */
interface Armed {
  readonly action: 'kill' | 'throw' | 'delay';
  readonly delayMs: number;
  readonly onPass: number | undefined;
  passes: number;
}

export class FailPointReached extends Error {
  constructor(name: string) {
    super(`fail point reached: ${name}`);
    this.name = 'FailPointReached';
  }
}

let armed: Map<string, Armed> | undefined;

/** Arms fail points in this process: as its environment says, or a test that runs in it. */
export function armFailPoints(specification: string | undefined): void {
  armed = parse(specification);
}

if (process.env['NODE_ENV'] === 'test') armFailPoints(process.env['QLVB_FAIL_POINTS']);

export async function failPoint(name: string): Promise<void> {
  const point = armed?.get(name);
  if (!point) return;
  point.passes += 1;
  if (point.onPass !== undefined && point.passes !== point.onPass) return;
  if (point.action === 'kill') process.kill(process.pid, 'SIGKILL');
  if (point.action === 'throw') throw new FailPointReached(name);
  await new Promise((resolve) => setTimeout(resolve, point.delayMs));
}

function parse(specification: string | undefined): Map<string, Armed> | undefined {
  if (!specification) return undefined;
  const points = new Map<string, Armed>();
  for (const part of specification.split(',')) {
    const match = /^([\w:-]+)=(kill|throw|delay:(\d+))(?:@(\d+))?$/.exec(part.trim());
    if (!match) throw new Error(`bad fail point: ${part}`);
    const [, name = '', action = '', delay, pass] = match;
    points.set(name, {
      action: action.startsWith('delay') ? 'delay' : (action as 'kill' | 'throw'),
      delayMs: Number(delay ?? 0),
      onPass: pass === undefined ? undefined : Number(pass),
      passes: 0,
    });
  }
  return points;
}
