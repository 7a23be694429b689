/**
 * The document as a page: made on the server, no script and nothing from elsewhere, so that it may be opened anywhere
 * and the strictest policy applies to it.
 */
import { raw, html } from "hono/html";
import type { ApiDocument } from "./document.ts";
import { DOCS_CSS } from "./page-style.ts";
import { operationsOf, type Operation } from "./operations.ts";

type Html = ReturnType<typeof html>;

const block = (title: string, value: unknown): Html | "" =>
  value === undefined
    ? ""
    : html`<details>
        <summary>${title}</summary>
        <pre>${JSON.stringify(value, null, 2)}</pre>
      </details>`;

const parametersOf = ({ parameters }: Operation): Html | "" =>
  parameters.length === 0
    ? ""
    : html`<table>
        <thead>
          <tr>
            <th scope="col">Parameter</th>
            <th scope="col">In</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          ${parameters.map(
            (p) =>
              html`<tr>
                <td><code>${p.name}</code>${p.required ? " (required)" : ""}</td>
                <td>${p.in}</td>
                <td><code>${p.type}</code>${p.description ? ` ${p.description}` : ""}</td>
              </tr>`,
          )}
        </tbody>
      </table>`;

const responsesOf = ({ responses }: Operation): Html =>
  html`<table>
    <thead>
      <tr>
        <th scope="col">Answer</th>
        <th scope="col">When</th>
      </tr>
    </thead>
    <tbody>
      ${responses.map(
        (r) =>
          html`<tr>
            <td><code>${r.status}</code></td>
            <td>${r.description}${block("example", r.example)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;

const sectionOf = (operation: Operation): Html =>
  html`<section id="${operation.id}">
    <h3><span class="verb ${operation.method}">${operation.method}</span> <code>${operation.path}</code></h3>
    <p><strong>${operation.summary}.</strong> ${operation.description}</p>
    <p class="facts">${operation.needsSession ? "Needs a session" : "Public"}</p>
    ${parametersOf(operation)} ${block("Request example", operation.requestExample)}
    ${block("Request schema", operation.requestSchema)} ${responsesOf(operation)}
  </section>`;

export type DocsPage = { html: string; headers: Record<string, string> };

/** Synchronous on purpose: made once, when the app is. */
export const docsPage = (document: ApiDocument): DocsPage => {
  const operations = operationsOf(document);
  const tags = document.tags ?? [];
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${document.info.title}</title>
        <style>
          ${raw(DOCS_CSS)}
        </style>
      </head>
      <body>
        <nav aria-label="Routes">
          <h1>${document.info.title}</h1>
          ${tags.map(
            (tag) =>
              html`<h2>${tag.name}</h2>
                <ul>
                  ${operations
                    .filter((operation) => operation.tag === tag.name)
                    .map(
                      (operation) =>
                        html`<li>
                          <a href="#${operation.id}"
                            ><span class="verb ${operation.method}">${operation.method}</span>
                            ${operation.path}</a
                          >
                        </li>`,
                    )}
                </ul>`,
          )}
          <p><a href="/openapi.json">openapi.json</a></p>
        </nav>
        <main>
          ${(document.info.description ?? "").split("\n\n").map((paragraph) => html`<p>${paragraph}</p>`)}
          ${tags.map(
            (tag) =>
              html`<h2>${tag.name}: ${tag.description ?? ""}</h2>
                ${operations.filter((operation) => operation.tag === tag.name).map(sectionOf)}`,
          )}
        </main>
      </body>
    </html>`;
  return {
    html: String(page),
    headers: {
      "Content-Security-Policy":
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
      "Cache-Control": "public, max-age=300",
    },
  };
};
