import { isLocalOrigin } from '../../core/hosts.ts';
import { createMatcher } from '../origins.ts';

export interface ReturnUrlSettings {
  publicUrl: string;
  /** Origins as in ALLOWED_ORIGINS, or exact URLs. */
  returnUrls: readonly string[];
  /** Whether every origin on this machine is allowed. */
  loopbackOrigins: boolean;
}

/** Returns where the browser may be sent: the URL as it was parsed, or undefined if it is not in the list. */
export type FindReturnUrl = (text: string) => string | undefined;

/** A path on this server, or a URL with a host: not blob:https://… either, whose origin is that of its inner URL. */
const ADDRESS = /^(?:\/(?!\/)|[a-z][a-z0-9+.-]*:\/\/)/;

/** The only place that decides where the pages send people back to (RFC 9700 section 4.11: no open redirector). */
export function createReturnUrls({ publicUrl, returnUrls, loopbackOrigins }: ReturnUrlSettings): FindReturnUrl {
  // As browsers write them, with escapes: a header cannot have other letters.
  const exact = new Set(returnUrls.filter((url) => !url.includes('*')).map((url) => new URL(url).href));
  const isListed = createMatcher([...returnUrls, publicUrl]);

  return (text) => {
    // Browsers ignore line breaks and tabs in URLs, and read \ as /.
    if (/[\\\s\p{Cc}]/u.test(text) || !URL.canParse(text, publicUrl)) return undefined;
    const url = new URL(text, publicUrl);
    if (exact.has(url.href)) return url.href;
    if (!ADDRESS.test(text) || url.username || url.password) return undefined;
    // `origin` is null for the schemes of app shells.
    const origin = url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin;
    return isListed(origin) || (loopbackOrigins && isLocalOrigin(origin)) ? url.href : undefined;
  };
}
