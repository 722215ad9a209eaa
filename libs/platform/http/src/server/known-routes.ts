import type { FastifyInstance } from 'fastify';

const routes = new WeakMap<object, Map<string, Set<string>>>();

/** Remembers which methods each route of `server` has, so that a wrong method is told from a wrong address. */
export function rememberRoutes(server: FastifyInstance): void {
  const known = new Map<string, Set<string>>();
  routes.set(server.server, known);
  server.addHook('onRoute', ({ url, method }) => {
    const methods = known.get(url) ?? new Set<string>();
    for (const name of [method].flat()) methods.add(name);
    known.set(url, methods);
  });
}

/** The methods that some route takes at the path of `url`; empty when there is no such path. */
export function allowedMethods(server: FastifyInstance, url: string): string[] {
  const path = decoded(url.split(/[?#]/)[0] ?? '');
  const methods = new Set<string>();
  for (const [template, names] of routes.get(server.server) ?? []) {
    if (path !== undefined && matches(template, path)) for (const name of names) methods.add(name);
  }
  return [...methods].sort();
}

function matches(template: string, path: string): boolean {
  const wanted = template.split('/');
  const all = path.split('/');
  const isOpen = wanted.at(-1) === '*' && all.length >= wanted.length;
  // A star stands for whatever follows.
  const given = isOpen ? [...all.slice(0, wanted.length - 1), '*'] : all;
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => (part.startsWith(':') ? given[index] !== '' : part === given[index]))
  );
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
