import { line, matching } from '../../../core/settings/text.ts';
import { baseUrl, pageUrl } from '../../../core/settings/urls.ts';
import { visible } from '../../../core/settings/visible.ts';
import { smsGateway } from '../gateway.ts';
import { eskizSender } from './eskiz-sender.ts';

const sender = matching(/^[A-Za-z0-9 ._-]{2,20}$/, 'be 4546 or a registered name of at most 20 letters and digits');

export const eskiz = smsGateway({
  name: 'eskiz',
  prefix: 'ESKIZ',
  settings: {
    email: visible(line).describe('Eskiz: email address of the gateway account.'),
    password: line.describe('Eskiz: password of the gateway account, not of the website.'),
    sender: visible(sender).prefault('4546').describe('Eskiz: 4546, or your registered sender name.'),
    callbackUrl: pageUrl
      .optional()
      .describe('Eskiz: another URL for its delivery reports. Unset: this service, unless PUBLIC_URL is localhost.'),
    apiUrl: baseUrl.prefault('https://notify.eskiz.uz').describe('Eskiz: URL of the API, without /api.'),
  },
  approvesTexts: true,
  secretsSentTo: 'apiUrl',
  advice:
    "check ESKIZ_EMAIL and ESKIZ_PASSWORD (the gateway's, not the website's), and that this machine can reach ESKIZ_API_URL",
  open: (settings, { clock, deadline }) => eskizSender({ ...settings, clock, deadline }),
});
