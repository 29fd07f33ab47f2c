import type { SignInProps } from '@latchkey/client/react';
import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { words as en } from '../../packages/client/src/react/sign-in-form/words/en.ts';
import type { Environment } from '../../src/config.ts';
import { startApp, type TestApp } from './app.ts';
import { openBrowser, type TestBrowser } from './browser.ts';
import { type ClientPage, startClientPage } from './client-page.ts';
import { type TestClock, testClock } from './clock.ts';
import { PASSWORD } from './people.ts';
import { freePort } from './ports.ts';
import { SCREENS } from './screens.ts';
import { startMockIssuer } from './social/mock-issuer.ts';
import type { Peer } from './social/peer.ts';

/** A page with <SignIn/>, with a strict policy for its content, and the service with an OpenID issuer named Example. */
export interface SignInForm {
  readonly app: TestApp;
  readonly clock: TestClock;
  readonly issuer: Peer;
  readonly page: Page;
  /** What the app was told. */
  signedIn(): Promise<unknown>;
  open(props?: SignInProps): Promise<void>;
  field(label: string): Locator;
  button(name: string): Locator;
  press(name: string): Promise<void>;
  /** Waits for the step with this heading. */
  heading(name: string): Promise<void>;
  /** The name of the field that has the focus, or what else has it. */
  focused(): Promise<unknown>;
  isSignedIn(): Promise<void>;
  enterPassword(identifier: string, password?: string): Promise<void>;
  /** The code of the newest message. */
  codeFor(recipient: string, wanted?: number): Promise<string>;
  /** Forgets errors in the console, which fail a test. */
  forgive(text: string): void;
}

const REACT_18 = { react: 'react-18', 'react-dom': 'react-dom-18' };

/** Another code. */
export const wrong = (code: string, by = 1): string =>
  code.replace(/^\d/, (digit) => String((Number(digit) + by) % 10));

interface Options {
  react?: '18' | '19';
  settings?: Environment;
  screen?: BrowserContextOptions;
}

/** For a suite: starts everything once, and opens a new page for each test. */
export function withSignInForm(
  executablePath: string,
  { react = '19', settings = {}, screen = SCREENS.desktop }: Options = {},
): SignInForm {
  let [browser, context, site]: [TestBrowser?, BrowserContext?, ClientPage?] = [];
  let errors: string[] = [];
  const started = { clock: testClock() } as { clock: TestClock; app: TestApp; issuer: Peer; page: Page };

  beforeAll(async () => {
    started.issuer = await startMockIssuer('example');
    const port = await freePort();
    const api = `http://localhost:${port}`;
    site = await startClientPage({
      script: 'sign-in-form-page.tsx',
      api,
      alias: react === '18' ? REACT_18 : {},
      policy: `default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src ${api}`,
    });
    const env = {
      PUBLIC_URL: api,
      ALLOWED_ORIGINS: site.origin,
      SOCIAL_REDIRECT_URIS: site.url,
      LOGIN_BUDGET_ACCOUNT: '3/1m',
      ...started.issuer.settings,
      ...settings,
    };
    started.app = await startApp(env, { clock: started.clock }, port);
    browser = await openBrowser(executablePath);
  });
  afterAll(async () => {
    await browser?.close();
    await started.app?.close();
    site?.close();
    await started.issuer?.close();
  });
  beforeEach(async () => {
    context = await browser?.newContext(screen);
    if (!context) throw new Error('no browser');
    started.page = await context.newPage();
    errors = [];
    started.page.on('pageerror', ({ message }) => errors.push(message));
    started.page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  });
  afterEach(async () => {
    await context?.close();
    expect(errors).toEqual([]);
  });

  return Object.assign(started, {
    signedIn: () => started.page.evaluate('signedIn'),
    async open(props: SignInProps = {}) {
      await started.page.goto(`${site?.url}?props=${encodeURIComponent(JSON.stringify(props))}`);
      await started.page.locator('h1').waitFor();
    },
    forgive(text: string) {
      errors = errors.filter((error) => !error.includes(text));
    },
    ...controls(started),
    async codeFor(recipient: string, wanted = 1) {
      const [message] = await started.app.mail(recipient, wanted);
      if (!message?.code) throw new Error(`no code reached ${recipient}`);
      return message.code;
    },
  });
}

function controls(started: { readonly page: Page }) {
  const field = (label: string) => started.page.getByLabel(label, { exact: true });
  const button = (name: string) => started.page.getByRole('button', { name, exact: true });
  const press = (name: string) => button(name).click();
  return {
    field,
    button,
    press,
    heading: (name: string) => started.page.getByRole('heading', { name, exact: true }).waitFor(),
    focused: () =>
      started.page.evaluate(() => document.activeElement?.getAttribute('name') ?? document.activeElement?.tagName),
    isSignedIn: () => started.page.getByText('signedIn', { exact: true }).waitFor(),
    async enterPassword(identifier: string, password = PASSWORD) {
      await field(en.identifier).fill(identifier);
      await field(en.password).fill(password);
      await press(en.signIn);
    },
  };
}
