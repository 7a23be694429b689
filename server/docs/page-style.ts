/** The look of /docs, light and dark. */
export const DOCS_CSS = `
:root { color-scheme: light dark; --line: #d8dde3; --soft: #f4f6f8; --ink: #1b2430; --blue: #1257b0; --green: #156c38; --red: #a3261c; --paper: #fff; }
@media (prefers-color-scheme: dark) { :root { --line: #333c47; --soft: #1c232b; --ink: #e4e9ef; --blue: #86b7f5; --green: #79d39b; --red: #f29a92; --paper: #12171d; } }
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 20rem minmax(0, 1fr); font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1.5rem; border-right: 1px solid var(--line); background: var(--soft); font-size: 14px; }
nav h1 { font-size: 1.2rem; margin: 0 0 1rem; }
nav h2 { font-size: .8rem; text-transform: uppercase; letter-spacing: .06em; margin: 1.2rem 0 .3rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: .2rem 0; overflow-wrap: anywhere; }
a { color: var(--blue); }
main { padding: 2rem 2.5rem 6rem; max-width: 62rem; }
section { border-top: 1px solid var(--line); padding: 1rem 0 2rem; scroll-margin-top: 1rem; }
h3 { margin: .5rem 0; font-size: 1.05rem; }
.verb { text-transform: uppercase; font: 600 .75rem/1 ui-monospace, monospace; color: var(--blue); }
.verb.post { color: var(--green); }
.verb.delete { color: var(--red); }
.facts { font-size: .875rem; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
code, pre { font: 13px/1.5 ui-monospace, monospace; }
pre { overflow: auto; max-height: 26rem; padding: 1rem; background: var(--soft); border: 1px solid var(--line); border-radius: 6px; }
summary { cursor: pointer; color: var(--blue); }
@media (max-width: 800px) { body { grid-template-columns: 1fr; } nav { position: static; height: auto; border: 0; } main { padding: 1.5rem; } }
`;
