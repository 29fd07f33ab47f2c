import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';

// Reads schema/collections as its tools do.

const DIRECTORY = fileURLToPath(new URL('../../schema/collections', import.meta.url));
export const readCollection = (path: string) => readFileSync(`${DIRECTORY}/${path}`, 'utf8');
const readJson = (path: string) => JSON.parse(readCollection(path));

/** Placeholders are not replaced. */
export interface ToolRequest {
  folder: string;
  name: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  /** Undefined for a request without GraphQL. */
  graphql: { query: string; variables: string } | undefined;
  /** Run after the response, in this order. */
  scripts: readonly string[];
}

export interface Tool {
  name: string;
  variables: Record<string, string>;
  requests: readonly ToolRequest[];
  /** The globals of a script. */
  globals(body: unknown, set: (name: string, value: string) => void): object;
}

const BEARER = 'Bearer {{accessToken}}';

export function postman(): Tool {
  const { item, variable, event, auth } = readJson('latchkey.postman_collection.json');
  const scriptsOf = (events: typeof event = []): string[] =>
    events.map(({ script }: { script: { exec: string[] } }) => script.exec.join('\n'));
  const common = auth.bearer[0].value;
  return {
    name: 'Postman',
    variables: toRecord(variable, ({ key, value }) => [key, value]),
    requests: item.flatMap((folder: typeof item) =>
      folder.item.map(({ name, request, event: own }: typeof item) => ({
        folder: folder.name,
        name,
        method: request.method,
        url: request.url.raw,
        headers: {
          ...toRecord(request.header, ({ key, value }) => [key, value]),
          ...(request.auth?.type === 'noauth' ? {} : { authorization: `Bearer ${common}` }),
        },
        graphql: request.body?.graphql,
        scripts: [...scriptsOf(event), ...scriptsOf(own)],
      })),
    ),
    globals: (body, set) => ({ pm: { response: { json: () => body }, collectionVariables: { set } } }),
  };
}

export function bruno(): Tool {
  // It has no types, and is a CommonJS module.
  const { bruToJsonV2, collectionBruToJson, bruToEnvJsonV2 } = createRequire(import.meta.url)('@usebruno/lang');
  const collection = collectionBruToJson(readCollection('bruno/collection.bru'));
  const inOrder = (files: { meta: { seq: string } }[]) => files.sort((a, b) => Number(a.meta.seq) - Number(b.meta.seq));
  const folders = readdirSync(`${DIRECTORY}/bruno`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'environments')
    .map(({ name }) => ({ ...collectionBruToJson(readCollection(`bruno/${name}/folder.bru`)), name }));
  const requestsOf = (folder: string) =>
    inOrder(
      readdirSync(`${DIRECTORY}/bruno/${folder}`)
        .filter((file) => file !== 'folder.bru')
        .map((file) => bruToJsonV2(readCollection(`bruno/${folder}/${file}`))),
    );
  const toRequest = (folder: string, { meta, http, headers, body, script }: ReturnType<typeof bruToJsonV2>) => ({
    folder,
    name: meta.name,
    method: http.method.toUpperCase(),
    url: http.url,
    headers: {
      ...toRecord(headers, ({ name, value }) => [name, value]),
      ...(http.auth === 'inherit' ? { authorization: `Bearer ${collection.auth.bearer.token}` } : {}),
    },
    graphql: body?.graphql,
    scripts: [collection.script.res, ...(script?.res ? [script.res] : [])],
  });
  return {
    name: 'Bruno',
    variables: toRecord(bruToEnvJsonV2(readCollection('bruno/environments/Local.bru')).variables, ({ name, value }) => [
      name,
      value,
    ]),
    requests: inOrder(folders).flatMap((folder) => {
      const { name } = folder as unknown as { name: string };
      return requestsOf(name).map((one) => toRequest(name, one));
    }),
    globals: (body, set) => ({ res: { getBody: () => body }, bru: { setVar: set } }),
  };
}

export function altair(): Tool {
  const { collections } = readJson('latchkey.agc');
  return {
    name: 'Altair',
    variables: readJson('latchkey.agx').variables,
    requests: collections.flatMap(({ title, queries }: typeof collections) =>
      queries.map(({ windowName, apiUrl, headers, query, variables, postRequestScript }: typeof queries) => ({
        folder: title,
        name: windowName,
        method: 'POST',
        url: apiUrl,
        headers: toRecord(headers, ({ key, value }) => [key, value]),
        graphql: { query, variables },
        scripts: [postRequestScript],
      })),
    ),
    globals: (body, set) => ({ altair: { response: { body }, helpers: { setEnvironment: set } } }),
  };
}

function toRecord(
  entries: readonly Record<string, string>[],
  toEntry: (entry: Record<string, string>) => [string | undefined, string | undefined],
): Record<string, string> {
  return Object.fromEntries(entries.map(toEntry));
}

/** Uses the tool with a service. `variables` change as its scripts set them. */
export function openTool(tool: Tool, own: Record<string, string>) {
  const variables: Record<string, string> = { ...tool.variables, ...own };
  const fill = (text: string) =>
    text.replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => variables[name] ?? placeholder);

  async function run(
    name: string,
  ): Promise<{ data?: Record<string, never>; errors?: { extensions: { code: string } }[] }> {
    const request = tool.requests.find((one) => one.name === name);
    if (!request) throw new Error(`${tool.name} has no request ${name}`);
    const { method, url, headers, graphql, scripts } = request;
    const payload = graphql && JSON.stringify({ query: graphql.query, variables: JSON.parse(fill(graphql.variables)) });
    const filled = Object.entries(headers).map(([header, value]) => [header, fill(value)] as [string, string]);
    const response = await fetch(fill(url), {
      method,
      headers: { ...Object.fromEntries(filled), ...(payload && { 'content-type': 'application/json' }) },
      ...(payload && { body: payload }),
    });
    const body = await response.json();
    const globals = tool.globals(body, (variable, value) => {
      variables[variable] = value;
    });
    // One after the other in one scope, as Postman runs them.
    runInNewContext(scripts.join('\n'), globals);
    return body;
  }
  return { variables, run };
}

export const sendsBearer = ({ headers }: ToolRequest): boolean => headers.authorization === BEARER;
