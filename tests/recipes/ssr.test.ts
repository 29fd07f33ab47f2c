import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { loadErrors, PRODUCTION } from '../support/settings.ts';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

interface Block {
  language: string;
  file: string;
  text: string;
}

const blocks: Block[] = [...read('docs/ssr.md').matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)].map(
  ([, language = '', file = '', text = '']) => ({ language, file, text }),
);
const settings = blocks.filter(({ language }) => language === 'sh').map(({ text }) => parseEnv(text));

describe('docs/ssr.md', () => {
  test('has code and settings', () => {
    expect(blocks.length).toBeGreaterThan(8);
    expect(settings).toHaveLength(3);
  });

  // The examples are type-checked when they are built, and driven in tests/browser.
  test.each(blocks.filter(({ language }) => language !== 'sh'))('shows what is in $file', ({ file, text }) => {
    expect(file).toMatch(/^examples\/(?:nextjs|node-bff)\//);
    expect(read(file)).toContain(text);
  });

  test('has settings that the service accepts in production', () => {
    const ofService = settings.filter((block) => 'TRUSTED_PROXIES' in block);
    expect(ofService).toHaveLength(2);
    for (const block of ofService) {
      const mail = {
        DATABASE_URL: 'postgres://latchkey@db/latchkey',
        SMTP_URL: 'smtps://u:p@smtp.example.com',
        MAIL_FROM: 'a@example.com',
      };
      expect(loadErrors({ ...PRODUCTION, ...mail, ...block })).toEqual([]);
    }
  });

  test('has the settings that the example reads', () => {
    const ofApp = settings.find((block) => 'APP_ORIGIN' in block) ?? {};
    const known = [...read('examples/nextjs/lib/settings.ts').matchAll(/process\.env\.(\w+)/g)].map(([, name]) => name);
    expect(Object.keys(ofApp).sort()).toEqual(known.sort());
    expect(ofApp).toMatchObject({ LATCHKEY_ISSUER: settings.find((block) => 'PUBLIC_URL' in block)?.PUBLIC_URL });
  });
});
