import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
formats.default(ajv);
const validate = ajv.compile(
  JSON.parse(readFileSync(new URL('../../docs/webhooks/event.schema.json', import.meta.url), 'utf8')),
);

/** What is wrong with the body of a webhook, by docs/webhooks/event.schema.json. */
export const validateWebhook = (payload: unknown): unknown[] => (validate(payload) ? [] : (validate.errors ?? []));
