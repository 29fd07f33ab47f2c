import { Webhook } from 'standardwebhooks';
import type { Clock } from '../../core/clock.ts';
import { numericDate } from '../../core/clock.ts';
import type { JsonObject } from '../../infra/db/tables.ts';
import type { OpenWeb } from '../../infra/web/web.ts';
import { SEND_TIMEOUT } from './webhook.ts';

/** @param error short; it quotes neither the URL nor the response */
export type SendOutcome = { outcome: 'sent' } | { outcome: 'failed'; error: string; retryAfter: number | undefined };

/** Signs a payload and sends it once (Standard Webhooks). @param id the same for each attempt */
export type SendWebhook = (url: string, id: string, payload: JsonObject) => Promise<SendOutcome>;

interface Options {
  urls: readonly string[];
  /** As whsec_…. Two while they are being rotated: each signs. */
  secrets: readonly string[];
  privateHosts: readonly string[];
  openWeb: OpenWeb;
  clock: Clock;
  maxConcurrent: number;
}

export function createWebhookSender(options: Options): SendWebhook {
  const { urls, secrets, privateHosts, openWeb, clock, maxConcurrent } = options;
  const signers = secrets.map((secret) => new Webhook(secret));
  const web = openWeb({ allowedUrls: urls, deadline: SEND_TIMEOUT, maxConcurrent, publicExcept: privateHosts });

  return async (url, id, payload) => {
    const now = clock.now();
    const body = JSON.stringify(payload);
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(numericDate(now)),
      'webhook-signature': signers.map((signer) => signer.sign(id, now, body)).join(' '),
    };
    const receipt = await web.post({ url, headers, body });
    if (receipt.kind === 'failed') return { outcome: 'failed', error: receipt.error, retryAfter: undefined };
    const { status, retryAfter } = receipt;
    if (status >= 200 && status < 300) return { outcome: 'sent' };
    const error = status >= 300 && status < 400 ? `HTTP ${status}: redirects are not followed` : `HTTP ${status}`;
    return { outcome: 'failed', error, retryAfter };
  };
}
