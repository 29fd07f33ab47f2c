import { once } from 'node:events';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request as send } from 'node:http';
import { connect } from 'node:net';

export interface RawRequest {
  method?: string;
  path?: string;
  headers?: OutgoingHttpHeaders;
  body?: string;
  /** The address from which the request is sent. */
  from?: string;
}

export interface RawResponse {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Sends a request as it is given: `fetch` would normalise paths and refuse headers. */
export async function rawRequest(port: number, options: RawRequest = {}): Promise<RawResponse> {
  const { method = 'POST', path = '/graphql', headers = {}, body, from } = options;
  const request = send({ host: '127.0.0.1', port, method, path, headers, ...(from && { localAddress: from }) });
  request.end(body);
  const [response] = await once(request, 'response');
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return { status: response.statusCode, headers: response.headers, text };
}

/** Writes bytes and returns the first line of the response; undefined if the connection is closed without one. */
export async function rawLine(port: number, bytes: string): Promise<string | undefined> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  socket.on('error', () => {});
  socket.write(bytes);
  let text = '';
  for await (const chunk of socket) {
    text += chunk;
    if (text.includes('\r\n')) break;
  }
  socket.destroy();
  return text === '' ? undefined : text.split('\r\n', 1)[0];
}
