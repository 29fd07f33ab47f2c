import { loadConfig, readEnvironment } from '../config.ts';
import { examineDatabase } from './doctor/database.ts';
import { examineMail, examineProviders, examineRedis, examineWebhooks } from './doctor/dependencies.ts';
import type { Finding } from './doctor/finding.ts';
import { examineMessages } from './doctor/messages.ts';
import { examineSms } from './doctor/sms.ts';
import { EXIT, printLine, Stop } from './exit.ts';

const EXAMINATIONS = [
  examineDatabase,
  examineRedis,
  examineMessages,
  examineMail,
  examineSms,
  examineWebhooks,
  examineProviders,
];

const MARKS = { good: '✓', doubtful: '!', wrong: '✗' } as const;

/** Checks everything that the service depends on, changes nothing, and suggests fixes. */
export async function runDoctor(): Promise<void> {
  const loaded = loadConfig(readEnvironment());
  if ('errors' in loaded) {
    for (const line of loaded.errors) printFinding({ state: 'wrong', subject: 'settings', text: line });
    throw new Stop(EXIT.configuration, 'the settings are not valid; see .env.example');
  }
  const { config, warnings } = loaded;
  const mode = config.production ? 'production' : 'development';
  printFinding({ state: 'good', subject: 'settings', text: `complete, for ${mode}` });
  for (const text of warnings) printFinding({ state: 'doubtful', subject: 'settings', text });

  let isHealthy = true;
  for (const examine of EXAMINATIONS) {
    for (const finding of await examine(config)) {
      printFinding(finding);
      isHealthy &&= finding.state !== 'wrong';
    }
  }
  if (!isHealthy) throw new Stop(EXIT.failed, 'at least one check failed');
}

function printFinding({ state, subject, text, advice }: Finding): void {
  printLine(`${MARKS[state]} ${subject.padEnd(12)} ${text}`);
  if (advice) printLine(`  ${' '.repeat(12)} → ${advice}`);
}
