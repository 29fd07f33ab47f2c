import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../rules/sources.ts';
import { STARTS_PROGRAMS } from '../support/servers.ts';

const { countGlue } = (await import(join(ROOT, 'packages/client/scripts/glue.mjs'))) as {
  countGlue(file: string): number;
};
const page = readFileSync(join(ROOT, 'docs/frontend-glue.md'), 'utf8');

describe('docs/frontend-glue.md', STARTS_PROGRAMS, () => {
  test.each(['react-apollo', 'react-urql'])('shows the lines of the set-up of %s', (name) => {
    const files = ['latchkey.ts', 'main.tsx', 'app.tsx'];
    const lines = files.map((file) => countGlue(join(ROOT, 'examples', name, 'src', file))).reduce((a, b) => a + b);
    expect(page).toContain(`| [examples/${name}](../examples/${name}) | ${lines} |`);
  });

  test('shows the lines of the forms that the examples share', () => {
    const [signIn = 0, form = 0, factors = 0] = ['sign-in.tsx', 'form.tsx', 'factors.tsx'].map((file) =>
      countGlue(join(ROOT, 'examples/shared', file)),
    );
    expect(page.replace(/\s+/g, ' ')).toContain(`they have ${signIn + form} lines, and ${factors} more add`);
  });
});
