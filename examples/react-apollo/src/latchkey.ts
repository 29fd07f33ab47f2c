import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { createLatchkey } from '@latchkey/client';
import { latchkeyLink, possibleTypes, resetOnUserChange } from '@latchkey/client/apollo';

const url = import.meta.env.VITE_LATCHKEY_URL ?? 'http://localhost:4000';

export const latchkey = createLatchkey({ url });

/** The example queries the service itself. An app has the URL of its own server here. */
export const client = new ApolloClient({
  link: latchkeyLink(latchkey).concat(new HttpLink({ uri: `${url}/graphql` })),
  cache: new InMemoryCache({ possibleTypes }),
});
resetOnUserChange(client, latchkey);
