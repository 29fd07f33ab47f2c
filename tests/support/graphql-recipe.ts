/** Asks a recipe that serves GraphQL for `me` or `orders`, and responds as the others do: an error FORBIDDEN is a 403. */
export async function askGraphql(url: string, path: string, headers: Record<string, string>): Promise<Response> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query: `{ ${path.slice(1)} }` }),
  });
  const text = await response.text();
  const { data, errors } = text.startsWith('{') ? JSON.parse(text) : {};
  const isForbidden = !data && errors?.[0]?.extensions?.code === 'FORBIDDEN';
  return Response.json({ sub: data?.me }, { status: isForbidden ? 403 : response.status });
}
