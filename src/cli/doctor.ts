import { loadConfig, readEnvironment } from '../config.ts';
import { examineDatabase } from './doctor/database.ts';
import { examineMail, examineProviders, examineRedis, examineSms } from './doctor/dependencies.ts';
import type { Finding } from './doctor/finding.ts';
import { EXIT, Stop, say } from './exit.ts';

const MARKS = { good: '✓', doubtful: '!', wrong: '✗' } as const;

/** Checks everything that the service depends on, changes nothing, and suggests fixes. */
export async function runDoctor(): Promise<void> {
  const loaded = loadConfig(readEnvironment());
  if ('errors' in loaded) {
    for (const line of loaded.errors) tell({ state: 'wrong', subject: 'settings', text: line });
    throw new Stop(EXIT.configuration, 'the settings are not valid; see .env.example');
  }
  const { config, warnings } = loaded;
  const mode = config.production ? 'production' : 'development';
  tell({ state: 'good', subject: 'settings', text: `complete, for ${mode}` });
  for (const text of warnings) tell({ state: 'doubtful', subject: 'settings', text });

  let isWell = true;
  for (const examine of [examineDatabase, examineRedis, examineMail, examineSms, examineProviders]) {
    for (const finding of await examine(config)) {
      tell(finding);
      isWell &&= finding.state !== 'wrong';
    }
  }
  if (!isWell) throw new Stop(EXIT.failed, 'something is wrong');
}

function tell({ state, subject, text, advice }: Finding): void {
  say(`${MARKS[state]} ${subject.padEnd(12)} ${text}`);
  if (advice) say(`  ${' '.repeat(12)} → ${advice}`);
}
