import { type Config, loadConfig, readEnvironment } from '../config.ts';
import { EXIT, printError, Stop } from './exit.ts';

/** Loads the settings. If they are not valid, prints all errors and throws Stop. */
export function loadConfigOrStop(): { config: Config; warnings: string[] } {
  const loaded = loadConfig(readEnvironment());
  if ('config' in loaded) return loaded;
  for (const line of loaded.errors) printError(line);
  throw new Stop(EXIT.configuration, 'the settings are not valid; see .env.example');
}
