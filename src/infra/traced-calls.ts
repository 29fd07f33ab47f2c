import { type Span, type SpanStart, type Tracer, traceCall } from '../core/tracer.ts';
import type { Mailer } from './mail/mailer.ts';
import type { SmsSender } from './sms/sms-sender.ts';
import type { OpenWeb, WebReceipt, WebResponse } from './web/web.ts';

/** Whom a message is for, its text and the response are not in the span. */
export const traceMailer = (mailer: Mailer, tracer: Tracer): Mailer => ({
  ...mailer,
  send: (mail) => traceCall(tracer, { name: 'send mail', kind: 'client' }, () => mailer.send(mail), describeDelivery),
});

/** @param gateway its name in SMS_PROVIDER; undefined for the log */
export function traceSms(sender: SmsSender, tracer: Tracer, gateway: string | undefined): SmsSender {
  const attributes = { 'latchkey.gateway': gateway ?? 'log' };
  const start: SpanStart = { name: 'send text message', kind: 'client', attributes };
  return { ...sender, send: (sms) => traceCall(tracer, start, () => sender.send(sms), describeDelivery) };
}

function describeDelivery(span: Span, { outcome }: { outcome: string }): void {
  span.set({ 'latchkey.outcome': outcome });
  if (outcome !== 'sent') span.fail(outcome);
}

/**
 * Requests to social providers, and webhooks. Only receivers of webhooks get the headers of the trace: they are the
 * operator's own. A provider could use them to connect requests of several users.
 */
export const traceWeb =
  (openWeb: OpenWeb, tracer: Tracer): OpenWeb =>
  (bounds) => {
    const web = openWeb(bounds);
    return {
      ...web,
      send: (request) =>
        traceCall(
          tracer,
          describeRequest(request.form ? 'POST' : 'GET', request.url, 'social-provider'),
          () => web.send(request),
          describeResponse,
        ),
      post: (message) =>
        traceCall(
          tracer,
          describeRequest('POST', message.url, 'webhook-receiver'),
          ({ headers }) => web.post({ ...message, headers: { ...message.headers, ...headers } }),
          describeResponse,
        ),
    };
  };

/** Without the path and the query, which may contain tokens. */
function describeRequest(method: string, text: string, receiver: string): SpanStart {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return {
    name: `${method} ${receiver}`,
    kind: 'client',
    attributes: {
      'http.request.method': method,
      ...(url && { 'server.address': url.hostname, 'url.scheme': url.protocol.slice(0, -1) }),
      ...(url?.port && { 'server.port': Number(url.port) }),
      'latchkey.receiver': receiver,
    },
  };
}

function describeResponse(span: Span, response: WebResponse | WebReceipt): void {
  if (response.kind === 'failed') span.fail(/^[A-Z_]+$/.test(response.error) ? response.error : 'failed');
  else {
    span.set({ 'http.response.status_code': response.status });
    if (response.status >= 400) span.fail(String(response.status));
  }
}
