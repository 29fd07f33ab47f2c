import type { z } from 'zod';

/** Each schema reads the text of one variable, or undefined if it is not set. One that refuses undefined is required. */
export type Settings = Readonly<Record<string, z.ZodType>>;

export type Values<S extends Settings> = { readonly [Name in keyof S]: z.output<S[Name]> };

/** Settings that belong together, such as those of one SMS gateway. Their variables share a prefix. */
export interface SettingGroup<S extends Settings = Settings> {
  /** TWILIO for TWILIO_AUTH_TOKEN. */
  readonly prefix: string;
  /** authToken for TWILIO_AUTH_TOKEN. The description is the comment in .env.example. */
  readonly settings: S;
  /** The setting whose URL receives secrets. In production it must be https. */
  readonly secretsSentTo?: string;
  /** What is wrong with the settings taken together, in one line each. */
  check?(group: GivenSettings<S>): string[];
}

/** Narrows secretsSentTo to the names of the settings. */
export type SecretsSentTo<S extends Settings> = { readonly secretsSentTo?: keyof S & string };

export interface GivenSettings<S extends Settings = Settings> {
  isSet(setting: keyof S & string): boolean;
  /** The name of the variable. */
  variable(setting: keyof S & string): string;
}

/** authToken → TWILIO_AUTH_TOKEN */
export const variableName = (prefix: string, setting: string): string =>
  `${prefix}_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** The text that stands for an unset variable; undefined if there is none. */
export const findDefault = (setting: z.ZodType): string | undefined =>
  'defaultValue' in setting.def ? String(setting.def.defaultValue) : undefined;

/** The names of all variables. If the operator names the group, they contain a placeholder for the name. */
export const listVariables = ({ prefix, settings }: SettingGroup): string[] =>
  Object.keys(settings).map((setting) => variableName(prefix, setting));
