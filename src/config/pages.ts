import type { Settings } from './settings.ts';
import type { Config } from './types.ts';

type Pages = Config['pages'];

export const buildPages = (settings: Settings, { allowedOrigins }: Pick<Config['http'], 'allowedOrigins'>): Pages => {
  const isDevelopment = settings.NODE_ENV !== 'production';
  return {
    account: settings.ACCOUNT_PAGES ?? isDevelopment,
    console: settings.CONSOLE ?? isDevelopment,
    returnUrls: settings.RETURN_URLS ?? allowedOrigins,
  };
};

/** Where providers send users back to who sign in on our own pages. */
export const pageRedirectUris = ({ account, console }: Pages, publicUrl: string): string[] => [
  ...(account ? [`${publicUrl}/account/callback`] : []),
  ...(console ? [`${publicUrl}/console/callback`] : []),
];
