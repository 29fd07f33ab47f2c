import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendProblem } from './errors.ts';

interface Dependencies {
  receiveStatus(
    link: { id: string; secret: string },
    request: { fields: Record<string, string>; header(name: string): string | undefined },
  ): Promise<'received' | 'unknown' | 'forged'>;
}

/** Bytes. */
const BODY_LIMIT = 16 * 1024;

/** Where SMS gateways report what became of a message: forms or JSON, at a URL that only the gateway was given. */
export function smsStatus(app: FastifyInstance, { receiveStatus }: Dependencies): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    const options = { parseAs: 'string', bodyLimit: BODY_LIMIT } as const;
    scope.addContentTypeParser<string>('application/x-www-form-urlencoded', options, (_request, text, done) =>
      done(null, Object.fromEntries(new URLSearchParams(text))),
    );
    scope.addContentTypeParser<string>('application/json', options, (_request, text, done) =>
      done(null, readJson(text)),
    );

    scope.post<{ Params: { id: string; secret: string } }>('/sms/status/:id/:secret', async (request, reply) => {
      const fields = toFields(request.body);
      const outcome = await receiveStatus(request.params, { fields, header: (name) => readHeader(request, name) });
      if (outcome === 'unknown') return sendProblem(reply, 404);
      return outcome === 'forged' ? sendProblem(reply, 403) : reply.code(204).send();
    });
  });
}

/** An empty object if it is not a JSON object. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Texts and numbers; other members mean nothing here. */
const toFields = (body: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typeof body === 'object' && body !== null ? body : {}).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  );

function readHeader({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  return typeof value === 'string' ? value : undefined;
}
