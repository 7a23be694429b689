/** Calls to the site's own API, with the tokens a real page sends. */
import { pageConfig } from "../../page/config.ts";

export class ApiError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface Answer<Data> {
  readonly data?: Data;
  readonly errors?: readonly { code: string; message: string }[];
}

/** One operation by its friendly name. Throws `ApiError`; its code is `network` when no answer came. */
export async function query<Data>(name: string, variables: unknown): Promise<Data> {
  const body = new URLSearchParams({
    fb_dtsg: pageConfig().csrf,
    fb_api_req_friendly_name: name,
    variables: JSON.stringify(variables),
  });
  const response = await fetch("/api/graphql/", { method: "POST", body }).catch(() => null);
  if (!response) throw new ApiError("network", "Network error");
  const answer = (await response.json().catch(() => ({}))) as Answer<Data>;
  const error = answer.errors?.[0];
  if (error || !answer.data)
    throw new ApiError(error?.code ?? "server", error?.message ?? "Something went wrong");
  return answer.data;
}

/** Uploads one photo; `onProgress` gets 0..1. */
export function uploadPhoto(file: File, onProgress: (share: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const data = new FormData();
    data.append("fb_dtsg", pageConfig().csrf);
    data.append("farr", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", "/ajax/react_composer/attachments/photo/upload/");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) =>
      onProgress(event.loaded / Math.max(1, event.total)),
    );
    request.addEventListener("load", () => {
      const answer = request.response as {
        payload?: { photoID: string };
        errors?: { message: string }[];
      } | null;
      if (answer?.payload) resolve(answer.payload.photoID);
      else reject(new Error(answer?.errors?.[0]?.message ?? "Your photo couldn't be uploaded"));
    });
    request.addEventListener("error", () => reject(new Error("Your photo couldn't be uploaded")));
    request.send(data);
  });
}
