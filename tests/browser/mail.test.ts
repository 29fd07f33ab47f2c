import { expect, test } from 'vitest';
import type { Email } from '../../src/core/identifiers.ts';
import { LOCALES } from '../../src/core/locale.ts';
import type { Message } from '../../src/messages/message.ts';
import { renderMessage } from '../../src/messages/render.ts';
import { createTemplates } from '../../src/messages/templates.ts';
import { describeBrowser, openBrowser } from '../support/browser.ts';
import { EXAMPLE } from '../support/texts.ts';

const AT = '2026-11-20T09:05:59.999Z';
/** The notice with the longest labels. */
const NOTICE: Message = {
  kind: 'password-changed',
  to: 'aziza@example.org' as Email, // Parsed by hand.
  at: AT,
  origin: { device: 'Firefox on Linux', ip: '203.0.113.7' },
  added: [{ factor: 'totp-added', at: AT }],
};

describeBrowser('a mail on a narrow phone', (executablePath) => {
  test.each(LOCALES)('is not wider than the screen (%s)', async (locale) => {
    const templates = createTemplates({ directory: undefined, product: EXAMPLE });
    const browser = await openBrowser(executablePath);
    try {
      const page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage();
      await page.setContent(renderMessage(NOTICE, locale, templates).html);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    } finally {
      await browser.close();
    }
  });
});
