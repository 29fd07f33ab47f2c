import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  type ProviderReply,
  type ProviderRequest,
  type SmsFault,
  type SmsStandIn,
  startProvider,
} from './sms-provider.ts';

export const GATEWAY_SECRET = 'a secret shared only with the gateway';
export const gatewaySettings = ({ origin }: Pick<SmsStandIn, 'origin'>) => ({
  SMS_PROVIDER: 'http',
  SMS_HTTP_URL: `${origin}/messages?tenant=1`,
  SMS_HTTP_SECRET: GATEWAY_SECRET,
});

/** Seconds. */
const TOLERANCE = 300;

export interface GatewayStandIn extends SmsStandIn {
  /** The last request to send a message. */
  last(): ProviderRequest;
  /** Replaces the response to a message. */
  sendReply: ProviderReply | undefined;
}

/** A gateway written from the documentation of the protocol: it trusts the signature and nothing else. */
export async function startGateway(): Promise<GatewayStandIn> {
  let last: ProviderRequest = { method: '', path: '', headers: {}, body: '' };
  const seen = new Set<string>();

  function reply(request: ProviderRequest, fault: SmsFault): ProviderReply {
    if (!isSigned(request) || fault === 'rejects the credentials')
      return { status: 401, body: { error: 'bad signature' } };
    if (request.method === 'HEAD') return { status: 405 };
    const id = String(request.headers['x-request-id']);
    if (seen.has(id)) return { status: 409, body: { error: 'seen before' } };
    seen.add(id);
    if (gateway.sendReply) return gateway.sendReply;
    if (fault === 'rejects the number') return { status: 400, body: { error: `no such number: ${request.body}` } };
    if (fault === 'responds with 429') return { status: 429, headers: { 'retry-after': '7' } };
    if (fault === 'responds with 500') return { status: 500, body: request.body };
    return { status: 202, body: { accepted: true } };
  }

  const standIn = await startProvider({
    order(request) {
      if (request.method !== 'POST') return undefined;
      last = request;
      const { to, text } = JSON.parse(request.body);
      return { to, text };
    },
    reply,
  });
  const gateway: GatewayStandIn = Object.assign(standIn, { last: () => last, sendReply: undefined });
  return gateway;
}

function isSigned({ headers, body }: ProviderRequest): boolean {
  const timestamp = String(headers['x-timestamp']);
  if (!/^\d+$/.test(timestamp) || Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE) return false;
  const expected = Buffer.from(
    `sha256=${createHmac('sha256', GATEWAY_SECRET).update(`${timestamp}.${headers['x-request-id']}.${body}`).digest('hex')}`,
  );
  const received = Buffer.from(String(headers['x-signature']));
  return received.length === expected.length && timingSafeEqual(received, expected);
}
