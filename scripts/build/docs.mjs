import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, posix, relative } from 'node:path';
import markdown from 'markdown-it';
import { at, filesIn, ROOT } from './places.mjs';

const md = markdown({ html: false, linkify: true });

/** Pages from outside docs/. */
const ROOT_PAGES = new Map([
  ['README.md', ''],
  ['CONTRIBUTING.md', '/contributing'],
  ['SECURITY.md', '/security-policy'],
  ['CHANGELOG.md', '/changelog'],
]);

/** Where the service serves the page of a Markdown file, below /dev/docs. */
const addressOf = (path) => ROOT_PAGES.get(path) ?? path.replace(/^docs/, '').replace(/\.md$/, '').toLowerCase();

/** The anchor of a heading, as on GitHub. */
const slug = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

md.core.ruler.push('anchors', ({ tokens }) => {
  const used = new Map();
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'heading_open') continue;
    const id = slug(tokens[index + 1].children.map(({ content }) => content).join(''));
    const times = used.get(id) ?? 0;
    used.set(id, times + 1);
    token.attrSet('id', times === 0 ? id : `${id}-${times}`);
  }
});

/** What may be wider than the page scrolls, also with the keyboard. Markdown has no table without a header: an empty one is left out. */
md.core.ruler.push('tables', ({ tokens }) => {
  for (const [index, { type }] of tokens.entries()) {
    if (type === 'table_open') tokens[index].attrSet('tabindex', '0');
    if (type !== 'thead_open') continue;
    const end = tokens.findIndex((token, at) => at > index && token.type === 'thead_close');
    const header = tokens.slice(index, end + 1);
    if (header.some((token) => token.type === 'inline' && token.content !== '')) continue;
    for (const token of header) Object.assign(token, { hidden: true, children: [] });
  }
});
const { fence } = md.renderer.rules;
md.renderer.rules.fence = (...block) => fence(...block).replace('<pre>', '<pre tabindex="0">');

/** Links between pages lead to pages. Other files of the repository are not served: their names stay, without a link. */
md.core.ruler.push('links', ({ tokens, env }) => {
  for (const token of tokens) {
    const open = [];
    for (const child of token.children ?? []) {
      if (child.type === 'link_open') {
        const href = env.resolve(child.attrGet('href'));
        open.push(href);
        if (href) child.attrSet('href', href);
        else Object.assign(child, { type: 'html_inline', content: '', tag: '' });
      } else if (child.type === 'link_close' && !open.pop())
        Object.assign(child, { type: 'html_inline', content: '', tag: '' });
    }
  }
});

function render(path, pages) {
  const text = readFileSync(at(path), 'utf8').replace(/^<!--.*?-->$/gms, '');
  const resolve = (href) => {
    if (/^(https?:|mailto:|#)/.test(href)) return href;
    const [file, anchor] = href.split('#');
    const target = posix.normalize(posix.join(posix.dirname(path), file)).replace(/\/$/, '');
    const page = [target, `${target}/README.md`].find((one) => pages.includes(one));
    return page && `/dev/docs${addressOf(page)}${anchor ? `#${anchor}` : ''}`;
  };
  const content = md.render(text, { resolve });
  const title = /^# (.+)$/m.exec(text)?.[1].replaceAll('`', '') ?? path;
  return { title, content };
}

/** A service that runs meanwhile reads the old text or the new one. */
function replaceFile(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

/** Renders the documentation into assets/docs/, so that the service can serve it without internet access. */
export const docs = {
  name: 'docs',
  makes: 'documentation',
  folders: ['docs'],
  async build() {
    const inputs = [...[...ROOT_PAGES.keys()].map(at), ...filesIn(at('docs'))].filter((file) => file.endsWith('.md'));
    const pages = inputs.map((file) => relative(ROOT, file));
    const outputs = pages.map((path) => {
      const file = at(`assets/docs${addressOf(path) || '/index'}.json`);
      replaceFile(file, JSON.stringify(render(path, pages)));
      return file;
    });
    for (const file of filesIn(at('assets/docs'))) if (!outputs.includes(file)) rmSync(file);
    return { inputs, outputs };
  },
};
