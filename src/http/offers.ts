import type { FastifyInstance } from 'fastify';

/** What this server may offer to developers, and the route that shows whether it does. */
const OFFERS = {
  graphiql: { path: '/graphql', route: '/graphiql/:file' },
  outbox: { path: '/dev/outbox' },
  account: { path: '/account' },
  console: { path: '/console' },
  docs: { path: '/dev/docs' },
  schema: { path: '/schema.graphql' },
  discovery: { path: '/.well-known/openid-configuration' },
  keys: { path: '/.well-known/jwks.json' },
  revocations: { path: '/.well-known/revocations' },
  readiness: { path: '/readyz' },
  liveness: { path: '/healthz' },
} as const satisfies Record<string, { path: string; route?: string }>;

export type OfferName = keyof typeof OFFERS;

/** The paths of what the server offers: those with a route. Call it once all routes are there. */
export function listOffers(app: Pick<FastifyInstance, 'hasRoute'>): Partial<Record<OfferName, string>> {
  const offered = Object.entries(OFFERS).filter(([, offer]) => {
    const route = 'route' in offer ? offer.route : offer.path;
    return [route, `${route}/`, `${route}/*`].some((url) => app.hasRoute({ method: 'GET', url }));
  });
  return Object.fromEntries(offered.map(([name, { path }]) => [name, path]));
}
