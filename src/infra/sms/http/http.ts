import { matching } from '../../../core/settings/text.ts';
import { pageUrl } from '../../../core/settings/urls.ts';
import { smsGateway } from '../gateway.ts';
import { httpSender } from './http-sender.ts';

/** At least as long as the hash: a shorter key would be the weaker part (RFC 2104 section 3). */
const signingKey = matching(/^[^\p{Cc}]{32,500}$/u, 'be 32 to 500 characters; make one with: openssl rand -base64 32');

/** A gateway of the operator's own. */
export const http = smsGateway({
  name: 'http',
  prefix: 'SMS_HTTP',
  settings: {
    url: pageUrl.describe(
      'Your own gateway: receives POST requests with {to, text, locale} as JSON. src/infra/sms/http/http-sender.ts describes the protocol.',
    ),
    secret: signingKey.describe(
      'Your own gateway: key that signs these requests (HMAC-SHA256), at least 32 characters.',
    ),
  },
  secretsSentTo: 'url',
  advice: 'check SMS_HTTP_URL and SMS_HTTP_SECRET, and that the gateway runs',
  open: (settings, { clock, deadline }) => httpSender({ ...settings, clock, deadline }),
});
