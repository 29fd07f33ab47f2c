import { findBrowser } from './browser.ts';
import { djangoPython } from './django.ts';
import { missingServers } from './servers.ts';

/** Vitest's global set-up: one visible line when suites will be left out. Under CI=true they fail instead. */
export default function announceMissing(): void {
  if (!djangoPython)
    process.stderr.write('\nLEFT OUT: the suite that moves accounts from a real Django: there is none.\n');
  const missing = [...missingServers(), ...(findBrowser() ? [] : ['a browser (Chromium)'])];
  if (missing.length > 0 && process.env.CI !== 'true') {
    process.stderr.write(
      `\nLEFT OUT: suites that need ${missing.join(', ')}, because this machine has none. See CONTRIBUTING.md.\n\n`,
    );
  }
}
