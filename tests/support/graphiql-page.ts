import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

export interface GraphiqlPage {
  page: Page;
  /** Opens a tab by its title, or one of the examples. */
  openTab(title: string): Promise<void>;
  openExample(name: string): Promise<void>;
  /** Titles, in their order. GraphiQL replaces a title by the name of the operation as soon as it has parsed the tab. */
  tabs(): Promise<string[]>;
  /** Runs an operation of the open tab, as with the cursor in it, and returns its result. */
  run(operation: string): Promise<GraphiqlResult>;
  /** Changes the variables of the open tab. */
  setVariables(change: Record<string, unknown>): Promise<void>;
  setHeaders(headers: Record<string, string>): Promise<void>;
  /** Names in the switch of signed-in users, and the chosen one. */
  users(): Promise<string[]>;
  user(): Promise<string>;
  chooseUser(name: string): Promise<void>;
  /** Whether GraphiQL has stored the latest texts. It waits for pauses, and otherwise opens one more tab after a reload. */
  hasSaved(): Promise<boolean>;
  /** Everything that the browser keeps beyond the page. */
  stored(): Promise<string>;
}

export interface GraphiqlResult {
  data?: Record<string, { __typename?: string; [field: string]: unknown } | null> | null;
  errors?: readonly { message: string }[];
}

const editor = (section: string) => `document.querySelector('${section} .CodeMirror').CodeMirror`;
const QUERY = editor('.graphiql-query-editor');
const VARIABLES = editor('.graphiql-editor-tool .graphiql-editor:not(.hidden)');
/** Not stored. */
const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]*/g;
const RESPONSE = editor('.graphiql-response');

/** @param context keeps what the page stores */
export async function openGraphiql(context: BrowserContext, url: string): Promise<GraphiqlPage> {
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(`${url}/graphql`);
  await page.locator('.graphiql-query-editor .CodeMirror').waitFor();
  await page.locator('.graphiql-response .CodeMirror').waitFor();
  const evaluate = <Value>(script: string) => page.evaluate(script) as Promise<Value>; // The script determines it.
  const select = page.getByLabel('Signed in as');

  async function showEditor(name: 'Variables' | 'Headers'): Promise<void> {
    await page.getByRole('button', { name, exact: true }).click();
  }
  const write = (text: string) => evaluate(`${VARIABLES}.setValue(${JSON.stringify(text)})`);

  return {
    page,
    openTab: (title) => page.getByRole('tab', { name: title }).click(),
    openExample: async (name) => void (await page.getByLabel('Open examples').selectOption(name)),
    tabs: () => page.getByRole('tab').allInnerTexts(),
    async run(operation) {
      // GraphiQL reads the operations shortly after a change of the text.
      const isRead = `${QUERY}.operations?.some(({ name }) => name?.value === '${operation}')`;
      await expect.poll(() => evaluate(isRead)).toBe(true);
      await evaluate(`${RESPONSE}.setValue('')`);
      await evaluate(`(() => {
        const editor = ${QUERY};
        const isIt = (line) => /^(query|mutation) ${operation}\\b/.test(line);
        editor.focus();
        editor.setCursor({ line: editor.getValue().split('\\n').findIndex(isIt), ch: 1 });
      })()`);
      await page.keyboard.press('Control+Enter');
      await expect.poll(() => evaluate(`${RESPONSE}.getValue()`)).not.toBe('');
      expect(problems).toEqual([]);
      return JSON.parse(await evaluate(`${RESPONSE}.getValue()`)) as GraphiqlResult; // GraphQL's format.
    },
    async setVariables(change) {
      await showEditor('Variables');
      const known = JSON.parse(await evaluate(`${VARIABLES}.getValue()`)) as object;
      await write(JSON.stringify({ ...known, ...change }, null, 2));
    },
    async setHeaders(headers) {
      await showEditor('Headers');
      await write(JSON.stringify(headers));
      await showEditor('Variables');
    },
    users: () => select.locator('option').allInnerTexts(),
    user: () => evaluate(`document.querySelector('.signed-in select').selectedOptions[0].textContent`),
    chooseUser: async (name) => void (await select.selectOption(name)),
    hasSaved: () =>
      evaluate(`(() => {
        const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem('graphiql:tabState'));
        const isSame = (name) => tabs[activeTabIndex][name] === localStorage.getItem('graphiql:' + name);
        const isLatest = localStorage.getItem('graphiql:variables') === ${VARIABLES}.getValue().replaceAll(${JWT}, '');
        return isSame('query') && isSame('variables') && isLatest;
      })()`),
    stored: () => evaluate('JSON.stringify(Object.entries(localStorage).concat(Object.entries(sessionStorage)))'),
  };
}
