import { createLatchkey } from '@latchkey/client';
import { createUrqlClients, latchkeyExchange } from '@latchkey/client/urql';
import { Client, cacheExchange, fetchExchange } from 'urql';

const url = import.meta.env.VITE_LATCHKEY_URL ?? 'http://localhost:4000';

export const latchkey = createLatchkey({ url });

/** The example queries the service itself. An app has the URL of its own server here. */
export const clients = createUrqlClients(
  latchkey,
  () =>
    new Client({
      url: `${url}/graphql`,
      exchanges: [cacheExchange, latchkeyExchange(latchkey), fetchExchange],
    }),
);
