/** Calls to the site's own API, with the tokens a real page sends. */
import { pageConfig } from "../../page/config.ts";
import type { SellInput } from "../listing.ts";

export class ApiError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const tokens = (): Record<string, string> => ({
  "x-csrf-token": pageConfig().csrf,
  "x-device-token": localStorage.getItem("_s_did") ?? "",
  "x-platform": "web",
});

/** One named operation. Throws `ApiError` with the server's sentence; `network` when no answer came. */
export async function call<Answer>(operationName: string, variables: unknown): Promise<Answer> {
  const response = await fetch("/v1/api", {
    method: "POST",
    headers: { "content-type": "application/json", "apollo-require-preflight": "true", ...tokens() },
    body: JSON.stringify({ operationName, variables }),
  }).catch(() => null);
  if (!response) throw new ApiError("network", "Network error");
  const body = (await response.json().catch(() => ({}))) as Answer & { error?: string; message?: string };
  if (!response.ok) throw new ApiError(body.error ?? "server", body.message ?? "Something went wrong");
  return body;
}

interface Initial {
  readonly accessToken: string | null;
  readonly draft: SellInput | null;
  readonly draftPhotos?: readonly { id: string; sha256: string }[];
}

export const initialize = async (): Promise<Initial> =>
  (await fetch("/v1/initialize?for=sell")).json() as Promise<Initial>;

/** Uploads one photo with progress 0..1. */
export function uploadPhoto(
  file: File,
  onProgress: (share: number) => void,
): Promise<{ id: string; sha256: string }> {
  return new Promise((resolve, reject) => {
    const data = new FormData();
    data.append("photo", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", "/v1/photos");
    for (const [name, value] of Object.entries(tokens())) request.setRequestHeader(name, value);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) =>
      onProgress(event.loaded / Math.max(1, event.total)),
    );
    request.addEventListener("load", () => {
      const body = request.response as { id?: string; sha256?: string; message?: string } | null;
      if (body?.id && body.sha256) resolve({ id: body.id, sha256: body.sha256 });
      else reject(new Error(body?.message ?? "The photo could not be uploaded"));
    });
    request.addEventListener("error", () => reject(new Error("The photo could not be uploaded")));
    request.send(data);
  });
}
