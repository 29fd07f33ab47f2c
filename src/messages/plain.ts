import { isIP } from 'node:net';

/** The IP address, or an empty string if it is not one. */
export const plainIp = (ip: string): string => (isIP(ip) === 0 ? '' : ip);
