import { textColorOn } from '../../messages/product.ts';

/** Colours and text, inlined in every page. Scripts of pages use the same variables. */
export const TOKENS = `
:root {
  color-scheme: light dark;
  --background: #f3f4f6; --card: #ffffff; --line: #dfe3e8; --text: #1c2530; --quiet: #56616e;
  --accent: #1a56b8; --accent-over: #14458f; --on-accent: #ffffff; --good: #17693a; --bad: #a32219; --field: #7b8591;
}
@media (prefers-color-scheme: dark) {
  :root {
    --background: #111418; --card: #1b2026; --line: #323a44; --text: #e8eaed; --quiet: #a9b2bd;
    --accent: #7ab0ff; --accent-over: #a3c9ff; --on-accent: #0b1726; --good: #7fd6a0; --bad: #ff9d94; --field: #76818e;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--background); color: var(--text); font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
`;

/** Until the scripts of a page fill it. The text appears if they take long, or do not arrive. */
export const STARTING = `
.starting { display: grid; min-height: min(100vh, 40rem); place-content: center; justify-items: center; gap: 1rem; padding: 1rem; text-align: center; }
.starting h1 { margin: 0 0 .5rem; font-size: 1.1rem; font-weight: 600; }
.starting-wheel { width: 1.75rem; height: 1.75rem; border: 3px solid var(--line); border-top-color: var(--accent); border-radius: 50%; animation: starting-turn 1s linear infinite; }
.starting-late { visibility: hidden; animation: starting-late 0s 5s forwards; }
@keyframes starting-turn { to { transform: rotate(1turn); } }
@keyframes starting-late { to { visibility: visible; } }
@media (prefers-reduced-motion: reduce) { .starting-wheel { animation: none; } }
@media (scripting: none) { .starting { display: none; } }
`;

/** The style sheet of pages without scripts: they need no other file. */
export const STYLE = `${TOKENS}
main { max-width: 30rem; margin: 0 auto; padding: clamp(1rem, 8vh, 6rem) 1rem 2rem; }
main.wide { max-width: 48rem; padding-top: 2rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: clamp(1.25rem, 5vw, 2rem); margin: 0 0 1rem; }
h1 { margin: 0 0 .75rem; font-size: 1.4rem; line-height: 1.3; font-weight: 600; text-wrap: balance; }
.brand { margin: 0 0 1rem; font-weight: 600; overflow-wrap: anywhere; }
.brand img { display: block; max-width: 100%; max-height: 3rem; }
h2 { margin: 0 0 .25rem; font-size: 1.1rem; line-height: 1.35; font-weight: 600; }
p { margin: 0 0 1rem; }
.card > :last-child { margin-bottom: 0; }
form { margin: 1.25rem 0; }
.quiet { color: var(--quiet); font-size: .875rem; }
.good { color: var(--good); }
.bad { color: var(--bad); }
label { display: block; margin: 0 0 .6rem; font-weight: 600; }
input { display: block; width: 100%; min-height: 3rem; margin: 0 0 .85rem; padding: .6rem .9rem; border: 1px solid var(--field); border-radius: .5rem; background: var(--background); color: var(--text); font: inherit; }
input[aria-invalid] { border-color: var(--bad); }
form .bad { margin: 0 0 .5rem; padding: 0; list-style: none; }
meter { display: block; width: 100%; height: .75rem; margin: 0 0 .25rem; }
meter[hidden] { display: none; }
#strength { margin: 0 0 .25rem; color: var(--text); }
#hint { margin-bottom: 1.25rem; }
button { width: 100%; min-height: 3rem; padding: .75rem 1.5rem; border: 0; border-radius: .5rem; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; text-wrap: balance; overflow-wrap: anywhere; cursor: pointer; }
button:hover { background: var(--accent-over); }
header { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .25rem 1rem; margin: 0 0 1rem; }
header h1 { margin: 0; }
.code { margin: 0 0 1rem; padding: .75rem 1rem .75rem 1.4rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--background); font: 600 1.9rem/1.2 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; letter-spacing: .25em; text-align: center; user-select: all; -webkit-user-select: all; }
.link { overflow-wrap: anywhere; }
pre { margin: 0 0 1rem; padding: 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--background); font: .85rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.facts { display: flex; flex-wrap: wrap; gap: 0 1rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
`;

/** In the colour of the product. @param color #rrggbb */
export const accentStyle = (color: string): string => `
:root { --accent: ${color}; --accent-over: color-mix(in srgb, ${color} 85%, black); --on-accent: ${textColorOn(color)}; }
`;
