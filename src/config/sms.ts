import { isLocalName } from '../core/hosts.ts';
import type { ConfiguredGateway, SmsGateway } from '../infra/sms/gateway.ts';
import type { Environment } from './environment.ts';
import { isOpenToAnyone } from './origins.ts';
import { findGroupErrors, type GroupReading, readGroup } from './read-setting.ts';
import type { Settings } from './settings.ts';
import type { SmsConfig } from './types.ts';

interface SmsReading {
  config: SmsConfig;
  groups: readonly GroupReading[];
  errors: string[];
  /** What works in production, but is probably a mistake. */
  warnings: string[];
}

/** The gateway that SMS_PROVIDER names. The settings of the others are checked as well. */
export function readSms(settings: Settings, env: Environment, gateways: readonly SmsGateway[]): SmsReading {
  const { SMS_PROVIDER: name, SMS_COUNTRIES: countries } = settings;
  const readings = gateways.map((gateway) => ({ gateway, ...readGroup(gateway, env) }));
  const chosen = readings.find(({ gateway }) => gateway.name === name);
  const errors = readings.flatMap((reading) => reading.errors);
  if (chosen) {
    errors.push(...findGroupErrors(chosen, `SMS_PROVIDER=${name}`, settings.NODE_ENV === 'production'));
  } else if (name !== 'log') {
    errors.push(`SMS_PROVIDER must be one of ${['log', ...gateways.map((gateway) => gateway.name)].join(', ')}`);
  }
  if (chosen?.gateway.codesOnly && settings.SMS_NOTICES)
    errors.push(`SMS_NOTICES must be off with SMS_PROVIDER=${name}, which sends codes only`);
  const gateway: ConfiguredGateway | undefined = chosen && { gateway: chosen.gateway, settings: chosen.values };
  return {
    config: {
      gateway,
      countries,
      rangeLimit: settings.SMS_PREFIX_BUDGET,
      dailyCap: settings.SMS_DAILY_CAP,
      notices: settings.SMS_NOTICES ?? !(chosen?.gateway.approvesTexts || chosen?.gateway.codesOnly),
      codeDomain: readCodeDomain(settings, env),
      transliterate: settings.SMS_TRANSLITERATE,
    },
    groups: readings,
    errors: [...new Set(errors)],
    warnings: chosen ? countryWarnings(countries) : unusedWarnings(readings),
  };
}

/** Empty: no such line. Otherwise the field for the code is on the first website, or on our own pages. */
function readCodeDomain(settings: Settings, env: Environment): string | undefined {
  if (env.SMS_CODE_DOMAIN?.trim() === '') return undefined;
  const website = settings.ALLOWED_ORIGINS?.find(isWebsite);
  return settings.SMS_CODE_DOMAIN ?? hostOf(website ?? settings.PUBLIC_URL ?? 'http://localhost');
}

/** Not an app shell, such as https://localhost. With a wildcard like https://*.vercel.app, strangers have pages there. */
const isWebsite = (origin: string): boolean =>
  /^https?:/.test(origin) && !isOpenToAnyone(origin) && !isLocalName(hostOf(origin));

const hostOf = (origin: string): string => new URL(origin.replace('://*.', '://')).hostname;

const countryWarnings = (countries: readonly string[]): string[] =>
  countries.length > 0 ? [] : ['SMS_COUNTRIES is empty: text messages go to all countries, including expensive ones'];

function unusedWarnings(readings: readonly GroupReading[]): string[] {
  const given = readings.flatMap(({ required, set }) => required.filter((name) => set.includes(name)))[0];
  return given ? [`${given} is set, but SMS_PROVIDER is not: NO TEXT MESSAGE IS SENT`] : [];
}
