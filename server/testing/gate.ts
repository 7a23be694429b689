/** What stands between the API and its database, and fails the way such things fail. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How the database is away, as seen from the API. */
export const OUTAGES = [
  "refused",
  "silent",
  "no connection",
  "shutting down",
  "gateway",
  "proxy page",
] as const;
export type Outage = (typeof OUTAGES)[number];

/** One call of many fails: before it got there, or after, when only its answer is lost. */
export type Loss = { at: number; when: "before" | "after" };

const ANSWERS: Record<Exclude<Outage, "refused" | "silent">, [status: number, type: string, body: string]> = {
  // PostgREST's own words.
  "no connection": [
    503,
    "application/json",
    '{"code":"PGRST000","message":"Database connection error. Retrying the connection.","details":null,"hint":null}',
  ],
  "shutting down": [
    503,
    "application/json",
    '{"code":"57P01","message":"terminating connection due to administrator command","details":null,"hint":null}',
  ],
  gateway: [502, "text/html", "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"],
  "proxy page": [522, "text/html", "<!DOCTYPE html><title>Connection timed out</title>"],
};

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

export class Gate {
  readonly #origin: string;
  readonly #server = createServer((request, response) => {
    this.#pass(request, response).catch(() => response.destroy());
  });
  outage: Outage | null = null;
  #loss: Loss | null = null;
  #calls = 0;

  private constructor(origin: string) {
    this.#origin = origin;
  }

  static async before(origin: string): Promise<Gate> {
    const gate = new Gate(origin);
    await new Promise<void>((done) => gate.#server.listen(0, "127.0.0.1", done));
    return gate;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** @returns what was done with one of its calls lost, and how many there were. */
  async losing<T>(loss: Loss, work: () => Promise<T>): Promise<{ done: T; calls: number }> {
    this.#loss = loss;
    this.#calls = 0;
    const done = await work();
    this.#loss = null;
    return { done, calls: this.#calls };
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.outage === "refused") return void request.socket.destroy();
    if (this.outage === "silent") return;
    if (this.outage) {
      const [status, type, body] = ANSWERS[this.outage];
      response.writeHead(status, { "content-type": type }).end(body);
      return;
    }
    const call = this.#calls;
    this.#calls += 1;
    const isLost = this.#loss?.at === call;
    if (isLost && this.#loss?.when === "before") return void request.socket.destroy();
    const { host: _, connection: __, "content-length": ___, ...headers } = request.headers;
    const body = await bodyOf(request);
    const answer = await fetch(this.#origin + request.url!, {
      method: request.method!,
      headers: headers as Record<string, string>,
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (isLost) return void request.socket.destroy();
    const kept = [...answer.headers].filter(
      ([name]) => !/^(content-(length|encoding)|transfer-|connection)/.test(name),
    );
    response.writeHead(answer.status, Object.fromEntries(kept)).end(bytes);
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((done) => this.#server.close(() => done()));
  }
}
