import Bowser from 'bowser';
import { LRUCache } from 'lru-cache';

/** Names by User-Agent. Parsing one takes 0.1 ms, and many users share the same browser version. */
const names = new LRUCache<string, string>({ max: 500 });
/** Characters. Longer ones are rarely shared. */
const LONGEST_REMEMBERED = 300;

/** A name for the device list if the client gives none, such as Firefox on Linux. */
export function describeDevice(userAgent: string | null): string {
  if (!userAgent) return 'Unknown device';
  const known = names.get(userAgent);
  if (known !== undefined) return known;
  const name = nameIn(userAgent);
  if (userAgent.length <= LONGEST_REMEMBERED) names.set(userAgent, name);
  return name;
}

function nameIn(userAgent: string): string {
  const { browser, os } = Bowser.parse(userAgent);
  if (browser.name && os.name) return `${browser.name} on ${os.name}`;
  // Not a browser: the product token (RFC 9110 section 10.1.5) of an app or a library.
  return browser.name || os.name || userAgent.split(/[\s/(]/, 1)[0]?.slice(0, 40) || 'Unknown device';
}

/** The names of browsers and systems that we know. Anything else in a User-Agent is text that its sender chose. */
const BROWSERS = new Set<string>(Object.values(Bowser.BROWSER_MAP));
const SYSTEMS = new Set<string>(Object.values(Bowser.OS_MAP));

/**
 * What of a device's name may appear in messages: the browser and the system, if they are known. An attacker chooses
 * the rest and could have an advertisement or a phishing text sent to any address. Empty if neither is known.
 */
export function keepKnownDevice(name: string): string {
  const divider = name.lastIndexOf(' on ');
  const browser = divider < 0 ? name : name.slice(0, divider);
  const system = divider < 0 ? name : name.slice(divider + ' on '.length);
  if (BROWSERS.has(browser) && SYSTEMS.has(system)) return name;
  if (SYSTEMS.has(system)) return system;
  return BROWSERS.has(browser) ? browser : '';
}
