import type { Mailer } from './mail/mailer.ts';
import type { SmsSender } from './sms/sms-sender.ts';
import type { OpenWeb, WebReceipt } from './web/web.ts';

export type Receiver = 'mail-server' | 'sms-gateway' | 'webhook-receiver' | 'social-provider';

/**
 * Runs a request to another server, and reports it.
 * @param findOutcome a word of a small set
 */
export type Observe = <T>(to: Receiver, send: () => Promise<T>, findOutcome: (result: T) => string) => Promise<T>;

export const observeMailer = (mailer: Mailer, observe: Observe): Mailer => ({
  ...mailer,
  send: (mail) =>
    observe(
      'mail-server',
      () => mailer.send(mail),
      ({ outcome }) => outcome,
    ),
});

export const observeSms = (sender: SmsSender, observe: Observe): SmsSender => ({
  ...sender,
  send: (sms) =>
    observe(
      'sms-gateway',
      () => sender.send(sms),
      ({ outcome }) => outcome,
    ),
});

/** Providers answer with JSON, and receivers of webhooks with a status. */
export const observeWeb =
  (openWeb: OpenWeb, observe: Observe): OpenWeb =>
  (bounds) => {
    const web = openWeb(bounds);
    return {
      ...web,
      send: (request) =>
        observe(
          'social-provider',
          () => web.send(request),
          ({ kind }) => (kind === 'response' ? 'answered' : kind),
        ),
      post: (message) => observe('webhook-receiver', () => web.post(message), describeReceipt),
    };
  };

function describeReceipt(receipt: WebReceipt): string {
  if (receipt.kind === 'failed') return 'failed';
  return receipt.status >= 200 && receipt.status < 300 ? 'sent' : 'refused';
}
