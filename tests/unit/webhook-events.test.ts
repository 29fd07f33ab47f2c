import { expect, test } from 'vitest';
import { WEBHOOK_TYPE_NAMES } from '../../src/core/webhook-types.ts';
import { VOCABULARY } from '../../src/features/audit/audit.ts';
import { findWebhookType, WEBHOOK_OF } from '../../src/features/webhooks/webhook-events.ts';

const recorded = Object.entries(VOCABULARY).flatMap(([type, { recorded }]) =>
  recorded.map((outcome: string) => ({ type, outcome })),
);
const counted = Object.entries(VOCABULARY).flatMap(([type, { counted }]) =>
  counted.map((outcome: string) => ({ type, outcome })),
);

test.each(recorded)(
  'the audit event $type $outcome has a webhook, or a reason why it has none',
  ({ type, outcome }) => {
    const outcomes: Record<string, unknown> = WEBHOOK_OF[type as keyof typeof WEBHOOK_OF];
    const found = outcomes[outcome];
    if (typeof found === 'string') expect(WEBHOOK_TYPE_NAMES).toContain(found);
    else expect(found).toEqual({ silent: expect.stringMatching(/^[A-Z].*\.$/) });
  },
);

test('refusals, which change nothing, have none', () => {
  expect(counted.filter((event) => findWebhookType(event))).toEqual([]);
});

test('each type of webhook has an audit event', () => {
  const used = new Set(recorded.map(findWebhookType));
  expect(WEBHOOK_TYPE_NAMES.filter((type) => !used.has(type))).toEqual([]);
});

test('an event of a newer version has none', () => {
  expect(findWebhookType({ type: 'new-type', outcome: 'succeeded' })).toBeUndefined();
  expect(findWebhookType({ type: 'constructor', outcome: 'name' })).toBeUndefined();
});
