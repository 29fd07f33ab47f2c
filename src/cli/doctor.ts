import { type Config, loadConfig, readEnvironment } from '../config.ts';
import { examineDatabase } from './doctor/database.ts';
import { examineMail, examineProviders, examineRedis, examineWebhooks } from './doctor/dependencies.ts';
import { type Finding, finding } from './doctor/finding.ts';
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

/**
 * Checks everything that the service depends on, changes nothing, and suggests fixes.
 * @param json prints one JSON document at the end instead of lines: `{ "healthy": …, "findings": [Finding, …] }`
 */
export async function runDoctor({ json = false }: { json?: boolean } = {}): Promise<void> {
  const findings: Finding[] = [];
  const report = (found: Finding) => {
    findings.push(found);
    if (!json) printFinding(found);
  };
  const isHealthy = () => findings.every(({ state }) => state !== 'wrong');

  const config = examineSettings(report);
  if (config) for (const examine of EXAMINATIONS) for (const found of await examine(config)) report(found);
  if (json) printLine(JSON.stringify({ healthy: isHealthy(), findings }, undefined, 2));
  if (!config) throw new Stop(EXIT.configuration, 'the settings are not valid; see .env.example');
  if (!isHealthy()) throw new Stop(EXIT.failed, 'at least one check failed');
}

/** Undefined if they are not valid. */
function examineSettings(report: (found: Finding) => void): Config | undefined {
  const loaded = loadConfig(readEnvironment());
  if ('errors' in loaded) {
    for (const line of loaded.errors) report(finding('wrong', 'settings', line));
    return undefined;
  }
  const { config, warnings } = loaded;
  report(finding('good', 'settings', `complete, for ${config.production ? 'production' : 'development'}`));
  for (const text of warnings) report(finding('doubtful', 'settings', text));
  return config;
}

function printFinding({ state, subject, text, advice }: Finding): void {
  printLine(`${MARKS[state]} ${subject.padEnd(12)} ${text}`);
  if (advice) printLine(`  ${' '.repeat(12)} → ${advice}`);
}
