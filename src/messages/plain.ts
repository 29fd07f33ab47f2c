import { isIP } from 'node:net';

const LONGEST_DEVICE = 60;

/** Everything except letters, digits and a few signs. A dot is allowed only between digits, as in a version. */
const SUSPECT = /(?<!\p{N})\.|\.(?!\p{N})|[^\p{L}\p{M}\p{N} .()+_'-]/gu;

/**
 * A device name on one line, without anything that a mail program turns into a link. An attacker can choose this text
 * and have it sent to any address, so it must not carry an advertisement or a phishing link.
 */
export const plainDevice = (device: string): string =>
  device
    .slice(0, 10 * LONGEST_DEVICE)
    .normalize('NFKC')
    .replace(SUSPECT, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_DEVICE)
    .trim();

/** The IP address, or an empty string if it is not one. */
export const plainIp = (ip: string): string => (isIP(ip) === 0 ? '' : ip);
