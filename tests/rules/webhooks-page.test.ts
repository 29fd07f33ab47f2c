import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/core/clock.ts';
import { WEBHOOK_TYPE_NAMES, WEBHOOK_TYPES } from '../../src/core/webhook-types.ts';
import { RETRY_DELAYS } from '../../src/features/webhooks/webhook.ts';

const read = (file: string) => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');
const page = read('webhooks.md');

test('docs/webhooks.md lists exactly the types of the code, and when they are sent', () => {
  const shown = page.split('| type | when |')[1]?.split('\n\n')[0] ?? '';
  const rows = Object.entries(WEBHOOK_TYPES).map(([type, when]) => `| \`${type}\` | ${when} |`);
  expect(shown.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows);
});

test('docs/webhooks.md shows the times of the retries', () => {
  const shown = RETRY_DELAYS.map((delay) =>
    delay < MINUTE ? `${delay / SECOND} s` : delay < HOUR ? `${delay / MINUTE} min` : `${delay / HOUR} h`,
  );
  expect(page.replace(/\s+/g, ' ')).toContain(`after ${shown.join(', ')}, and then every 6 hours`);
});

test('the JSON Schema has exactly the types of the code', () => {
  const schema = JSON.parse(read('webhooks/event.schema.json'));
  expect(schema.properties.type.enum).toEqual(WEBHOOK_TYPE_NAMES);
});
