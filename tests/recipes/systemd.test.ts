import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRoot } from '../support/deployment.ts';
import { findLanguage, missingLanguage } from '../support/other-languages.ts';
import { temporaryDirectory } from '../support/server-process.ts';
import { STARTS_PROGRAMS } from '../support/servers.ts';

const missing = missingLanguage('systemd');
const options = { ...STARTS_PROGRAMS, skip: missing !== undefined };

test(`systemd understands the unit${missing ? ` (skipped: ${missing})` : ''}`, options, () => {
  const file = join(temporaryDirectory('systemd'), 'latchkey.service');
  // The program is not installed here.
  writeFileSync(file, readRoot('deploy/systemd/latchkey.service').replaceAll(/\/opt\/latchkey\/\S+/g, '/bin/true'));
  const { stderr } = spawnSync(String(findLanguage('systemd')), ['verify', '--man=no', file], { encoding: 'utf8' });
  // It warns of what it ignores, and of other units.
  expect(stderr.split('\n').filter((line) => line.includes('latchkey'))).toEqual([]);
});
