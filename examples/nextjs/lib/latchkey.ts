import { createLatchkey } from '@latchkey/client';

/** For client components. It talks to this app, which passes requests on. */
export const latchkey = createLatchkey({ url: '/graphql' });

/** A new page instead of a navigation: what is kept of pages of the previous user is dropped. */
export function open(path: string | undefined): void {
  const target = new URL(path ?? '/account', location.origin);
  location.assign(target.origin === location.origin ? target : '/account');
}
