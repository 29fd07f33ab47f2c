import { parsed } from '../core/settings/text.ts';
import { isOpenToAnyone, origin } from './origins.ts';
import { redirectUri } from './redirect-uri.ts';

/** Where the account pages may send people back to: an origin as in ALLOWED_ORIGINS, or one exact URL. */
export const returnUrl = parsed(
  'be an origin such as https://app.example.com, or an exact URL such as https://app.example.com/signed-in or com.example.app:/signed-in',
  (text) => {
    const known = origin.safeParse(text).data;
    if (known !== undefined) return isOpenToAnyone(known) ? undefined : known;
    return redirectUri.safeParse(text).data;
  },
);
