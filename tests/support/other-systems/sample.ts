import type { PresetName } from '../../../src/features/transfer/formats/formats.ts';

/** An export of another system, and what an import makes of it. */
export interface Sample {
  title: string;
  format: PresetName;
  content: string;
  /** By address. */
  accounts: Record<string, object>;
  keys?: string[];
  problems?: string[];
  /** Names of columns that are not taken. */
  unused?: string[];
}

export const BCRYPT = '$2b$10$RSrBEVK376MJWQQQJ58USu88VBAEzX9LCWtDwDPSNAm15cwcItJLG';
export const PHPASS = '$P$BTz4kQ8vWLbq8ByMO..vUO6GPkWBBE1';
export const MAY = '2024-05-31T09:00:00.123Z';

export const google = (subject: string) => ({
  provider: 'google',
  issuer: 'https://accounts.google.com',
  subject,
  email: null,
});

export const lines = (...rows: unknown[]): string => rows.map((row) => JSON.stringify(row)).join('\n');
