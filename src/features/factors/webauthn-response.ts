import { z } from 'zod';
import { FieldProblem } from '../../core/problems.ts';

// The JSON of Web Authentication Level 3 sections 5.1 and 6.5, as browsers and Credential Manager send it.

/** Characters: a credential ID of 1023 bytes, and a certificate chain that we ignore. */
const LONGEST_RESPONSE = 32_768;

const binary = z.string().regex(/^[A-Za-z0-9_-]+$/);
const clientData = z.object({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.boolean().optional(),
});
const credential = { id: binary, rawId: binary, type: z.literal('public-key') };
const registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: binary,
    attestationObject: binary,
    transports: z
      .array(z.string().regex(/^[a-z-]{1,32}$/))
      .max(10)
      .nullish(),
  }),
});
const assertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: binary,
    authenticatorData: binary,
    signature: binary,
    userHandle: z
      .string()
      .regex(/^[A-Za-z0-9_-]*$/)
      .nullish(),
  }),
});

export type ClientData = z.output<typeof clientData>;
export type Registration = z.output<typeof registration> & { clientData: ClientData };
export type Assertion = z.output<typeof assertion> & { clientData: ClientData };

/** RegistrationResponseJSON as text. @param path the input field */
export const parseRegistration = (path: string, text: string) => parse(registration, path, text);

/** AuthenticationResponseJSON as text. @param path the input field */
export const parseAssertion = (path: string, text: string) => parse(assertion, path, text);

type Response = { id: string; rawId: string; response: { clientDataJSON: string } };

function parse<T extends Response>(schema: z.ZodType<T>, path: string, text: string) {
  const { data } = schema.safeParse(text.length <= LONGEST_RESPONSE ? parseJson(text) : undefined);
  if (!data || data.id !== data.rawId) return new FieldProblem(path, 'INVALID_FORMAT', 'passkey-format');
  const json = Buffer.from(data.response.clientDataJSON, 'base64url').toString('utf8');
  const client = clientData.safeParse(parseJson(json)).data;
  return client ? { ...data, clientData: client } : new FieldProblem(path, 'INVALID_FORMAT', 'passkey-format');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
