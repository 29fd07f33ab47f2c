/** From CLDR. Chromium has no data for Uzbek: its months are M11, and its numbers are English. */
const MONTHS = [
  'yanvar',
  'fevral',
  'mart',
  'aprel',
  'may',
  'iyun',
  'iyul',
  'avgust',
  'sentabr',
  'oktabr',
  'noyabr',
  'dekabr',
] as const;

const UNITS: Partial<Record<Intl.RelativeTimeFormatUnit, string>> = {
  second: 'soniya',
  minute: 'daqiqa',
  hour: 'soat',
  day: 'kun',
  month: 'oy',
  year: 'yil',
};

const two = (value: number): string => String(value).padStart(2, '0');

/** 30-noyabr, 2026 */
export const uzbekDate = (date: Date): string => `${date.getDate()}-${MONTHS[date.getMonth()]}, ${date.getFullYear()}`;

/** 09:41 */
export const uzbekClock = (date: Date): string => `${two(date.getHours())}:${two(date.getMinutes())}`;

/** 5 daqiqa oldin, 3 kundan soʻng; hozir for 0 seconds */
export function uzbekRelative(value: number, unit: Intl.RelativeTimeFormatUnit): string {
  const name = UNITS[unit] ?? unit;
  if (value === 0 && unit === 'second') return 'hozir';
  if (value === -1 && unit === 'day') return 'kecha';
  if (value === 1 && unit === 'day') return 'ertaga';
  return value < 0 ? `${-value} ${name} oldin` : `${value} ${name}dan soʻng`;
}
