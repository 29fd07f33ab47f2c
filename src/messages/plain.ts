import { isIP } from 'node:net';

const LONGEST_DEVICE = 60;

/** All but letters, digits and a few signs; a dot stays only between digits, as in a version. */
const SUSPECT = /(?<!\p{N})\.|\.(?!\p{N})|[^\p{L}\p{M}\p{N} .()+_'-]/gu;

/**
 * A device name on one line, without anything that a mail program turns into a link. Whoever signs up with somebody
 * else's address chooses this text and we deliver it, so it must not carry an advertisement or a trap.
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

/** The address, or nothing when it is not one. */
export const plainIp = (ip: string): string => (isIP(ip) === 0 ? '' : ip);
