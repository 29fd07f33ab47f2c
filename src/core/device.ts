import Bowser from 'bowser';

/** A name for the device list, when the client gives none: Firefox on Linux. */
export function describeDevice(userAgent: string | null): string {
  if (!userAgent) return 'Unknown device';
  const { browser, os } = Bowser.parse(userAgent);
  if (browser.name && os.name) return `${browser.name} on ${os.name}`;
  // Not a browser: the product token (RFC 9110 section 10.1.5) of an app or a library.
  return browser.name || os.name || userAgent.split(/[\s/(]/, 1)[0]?.slice(0, 40) || 'Unknown device';
}
