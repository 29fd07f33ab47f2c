import 'reflect-metadata';
import { Extensions } from 'type-graphql';

// How large a field can be in a response. http/response-size.ts adds it up before a request runs.

type Extended = { extensions?: Readonly<Record<string, unknown>> | undefined };

const [MAX_ITEMS, MAX_BYTES, SIZED_BY] = ['maxItems', 'maxBytes', 'sizedBy'];

/** Bytes of a text without `@MaxBytes`. */
const DEFAULT_MAX_BYTES = 4096;

/**
 * The most items that a list field returns. Required on each list, except the lists of a page, which `first` or `last`
 * bounds. A schema with another list is not built.
 */
export const MaxItems = (count: number) => Extensions({ [MAX_ITEMS]: count });

/** The most bytes of a text field in JSON. Declare it on the fields of list items, where the default adds up. */
export const MaxBytes = (count: number) => Extensions(maxBytes(count));

/** The same as extensions of a field that no decorator describes. */
export const maxBytes = (count: number) => ({ [MAX_BYTES]: count });

/** For a list field that returns as many items as the list in the argument has. */
export const sizedBy = (argument: string) => ({ [SIZED_BY]: argument });

/** The most bytes of common texts. */
export const BYTES = {
  /** RFC 5321 section 4.5.3.1.3. */
  email: 254,
  /** E.164. */
  phone: 16,
  /** IPv6 with an IPv4 part. */
  ipAddress: 45,
  requestId: 128,
  /** Options for a passkey, with the IDs of the user's credentials. */
  passkeyOptions: 64 * 1024,
  /** A name from our code or settings, such as an event type or a provider. */
  name: 64,
} as const;

/** Social providers that can be configured: one response lists them all. */
export const MAX_PROVIDERS = 50;

/** Bytes of a text in any script. @param characters Unicode code points */
export const utf8 = (characters: number): number => 4 * characters;

export const readMaxItems = ({ extensions }: Extended): number | undefined => readCount(extensions?.[MAX_ITEMS]);

export const readMaxBytes = ({ extensions }: Extended): number =>
  readCount(extensions?.[MAX_BYTES]) ?? DEFAULT_MAX_BYTES;

/** The argument whose length is that of the field's list. */
export const readSizingArgument = ({ extensions }: Extended): string | undefined => {
  const argument = extensions?.[SIZED_BY];
  return typeof argument === 'string' ? argument : undefined;
};

/** Whether the field has `@MaxBytes`. */
export const isBounded = ({ extensions }: Extended): boolean => readCount(extensions?.[MAX_BYTES]) !== undefined;

const readCount = (count: unknown): number | undefined => (typeof count === 'number' ? count : undefined);
