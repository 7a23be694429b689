/** Object bytes of the local stack as files: `<folder>/<bucket>/<key>`. The rows are in Postgres, under its policies. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { Readable } from "node:stream";

type Metadata = {
  cacheControl: string;
  contentLength: number;
  size: number;
  mimetype: string;
  lastModified: Date;
  eTag: string;
  contentRange?: string;
};

const MIME: Record<string, string> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
};
const mimeOf = (key: string): string =>
  MIME[key.split(".").pop()?.toLowerCase() ?? ""] ?? "application/octet-stream";
const etagOf = (bytes: Uint8Array): string => `"${createHash("md5").update(bytes).digest("hex")}"`;

/** @throws when the key would leave the folder. */
const fileOf = (folder: string, bucket: string, key: string): string => {
  const root = resolve(folder, bucket);
  const file = resolve(root, key);
  if (!file.startsWith(root + sep)) throw new Error("An object key may not leave its bucket.");
  return file;
};

const metadataOf = async (file: string, key: string): Promise<Metadata> => {
  const { size, mtime } = await stat(file);
  return {
    cacheControl: "no-cache",
    contentLength: size,
    size,
    mimetype: mimeOf(key),
    lastModified: mtime,
    eTag: `"${size.toString(16)}-${mtime.getTime().toString(16)}"`,
  };
};

const bytesOf = async (body: ReadableStream | Uint8Array): Promise<Uint8Array> =>
  body instanceof Uint8Array ? body : new Uint8Array(await new Response(body).arrayBuffer());

/** Written beside and moved over, so that a killed stack never leaves half an object. */
const writeWhole = async (file: string, bytes: Uint8Array): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  const part = `${file}.${process.pid}.part`;
  await writeFile(part, bytes);
  await rename(part, file);
};

/** A storage adapter for Supabase Lite, whose own file adapter is not exported (0.10). */
export const storageFiles = (folder: string) => ({
  driver: "files",
  async getObject(
    bucket: string,
    key: string,
    _version: string | undefined,
    headers?: { ifNoneMatch?: string },
  ) {
    const file = fileOf(folder, bucket, key);
    const metadata = await metadataOf(file, key);
    if (headers?.ifNoneMatch === metadata.eTag) return { metadata, httpStatusCode: 304 };
    const body = Readable.toWeb(createReadStream(file)) as ReadableStream;
    return { metadata, httpStatusCode: 200, body };
  },
  async uploadObject(
    bucket: string,
    key: string,
    _version: string | undefined,
    body: ReadableStream | Uint8Array,
    mimetype: string,
    cacheControl: string,
  ) {
    const bytes = await bytesOf(body);
    await writeWhole(fileOf(folder, bucket, key), bytes);
    return {
      cacheControl,
      contentLength: bytes.length,
      size: bytes.length,
      mimetype,
      lastModified: new Date(),
      eTag: etagOf(bytes),
    };
  },
  async deleteObject(bucket: string, key: string): Promise<void> {
    await rm(fileOf(folder, bucket, key), { force: true });
  },
  async deleteObjects(bucket: string, keys: string[]): Promise<void> {
    await Promise.all(keys.map((key) => rm(fileOf(folder, bucket, key), { force: true })));
  },
  async copyObject(
    fromBucket: string,
    fromKey: string,
    _fromVersion: string | undefined,
    toBucket: string,
    toKey: string,
  ) {
    const to = fileOf(folder, toBucket, toKey);
    await mkdir(dirname(to), { recursive: true });
    await copyFile(fileOf(folder, fromBucket, fromKey), to);
    return { httpStatusCode: 200, eTag: etagOf(await readFile(to)), lastModified: new Date() };
  },
  headObject: (bucket: string, key: string) => metadataOf(fileOf(folder, bucket, key), key),
  privateAssetUrl: async (bucket: string, key: string) => `file://${join(folder, bucket, key)}`,
});
