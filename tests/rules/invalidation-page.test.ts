import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { INVALIDATION, type Rule } from '../../src/features/invalidation/invalidation.ts';
import { CHALLENGE_PURPOSES } from '../../src/infra/db/tables.ts';

/** What the rule withdraws from pending challenges, in the words of the page. */
function describeChallenges({ challenges, undoLinks, signUps }: Rule): string {
  const named = challenges.length === CHALLENGE_PURPOSES.length ? ['all'] : challenges.map((name) => `\`${name}\``);
  const links = undoLinks === 'later' ? ['later `UNDO_EMAIL_CHANGE`'] : undoLinks ? ['`UNDO_EMAIL_CHANGE`'] : [];
  return [...named, ...links, ...(signUps ? ['`SIGN_UP` with the address'] : [])].join(', ') || '–';
}

const describeSessions = ({ sessions }: Rule) => (sessions ? `${sessions.end} (\`${sessions.reason}\`)` : '–');

function removedBy({ password, identities, factors, phone }: Rule): string {
  const removed = [
    password && 'password',
    identities && `${identities} identities`,
    factors && `${factors} factors`,
    phone && `${phone} phone`,
  ];
  return removed.filter(Boolean).join(', ') || '–';
}

test('docs/security.md shows what each account change invalidates, as in the code', () => {
  const page = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
  const shown = page.split('## What a change invalidates')[1]?.split('\n## ')[0] ?? '';
  const rows = Object.entries<Rule>(INVALIDATION).map(
    ([change, rule]) =>
      `| ${change} | ${describeChallenges(rule)} | ${describeSessions(rule)} | ${removedBy(rule)} | ${rule.because} |`,
  );
  expect(
    shown
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .slice(1),
  ).toEqual(rows);
});
