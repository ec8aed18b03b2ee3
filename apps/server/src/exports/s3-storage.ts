/**
 * Exports as objects in an S3-compatible store: uploaded part by part, each part a safe point to go on from. A writer that takes over leaves
 * out the number of the part that the last one may still be sending: what is whole is made of the parts that were noted, and of no other.
 */
import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { z } from "zod";
import type { ExportPlace } from "../config.ts";
import type { ExportStorage, ExportWriter, FileToWrite } from "./export-storage.ts";
import { inStore, StorageFailure } from "./storage-failure.ts";

type S3Place = Extract<ExportPlace, { kind: "s3" }>;

/** A store takes none under 5 MiB but the last, and ten thousand of them at most: 80 GiB. */
const partBytes = 8 * 1024 * 1024;

/** A store that is away is given up after seconds: the export says so, and can be ordered again. */
const connectMs = 3_000;
const silenceMs = 15_000;
const attempts = 2;

const openClient = ({ endpoint, region }: S3Place, requestTimeout: number): S3Client =>
  new S3Client({
    region,
    // A store of one's own is reached at one address, whatever the bucket is called.
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    maxAttempts: attempts,
    requestHandler: { connectionTimeout: connectMs, requestTimeout, throwOnRequestTimeout: true },
    // Not every store that speaks S3 knows the newer checksums.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });

const partSchema = z.object({ number: z.int(), tag: z.string() });
const noteSchema = z.object({ key: z.string(), upload: z.string().nullable(), nextPart: z.int(), parts: z.array(partSchema) });
type Note = z.infer<typeof noteSchema>;

type Store = { client: S3Client; bucket: string };

const sendPart = async ({ client, bucket }: Store, { key, upload, nextPart, parts }: Note, body: Buffer): Promise<Note> => {
  const part = { Bucket: bucket, Key: key, UploadId: upload ?? "", PartNumber: nextPart, Body: body, ContentLength: body.length };
  const { ETag: tag } = await inStore(client.send(new UploadPartCommand(part)));
  if (tag === undefined) throw new StorageFailure("The object store for exports refused.");
  return { key, upload, nextPart: nextPart + 1, parts: [...parts, { number: nextPart, tag }] };
};

const complete = async ({ client, bucket }: Store, { key, upload, parts }: Note): Promise<void> => {
  const Parts = parts.map(({ number, tag }) => ({ PartNumber: number, ETag: tag }));
  await inStore(
    client.send(new CompleteMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: upload ?? "", MultipartUpload: { Parts } })),
  );
};

const drop = ({ client, bucket }: Store, { key, upload }: Note): Promise<unknown> =>
  upload === null
    ? client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }))
    : client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: upload }));

const createWriter = (store: Store, begun: Note, from: ExportWriter["from"]): ExportWriter => {
  let note = begun;
  let pieces: Buffer[] = [];
  let waiting = 0;
  const send = async () => {
    note = await sendPart(store, note, Buffer.concat(pieces));
    pieces = [];
    waiting = 0;
  };
  return {
    from,
    note: begun,
    write: async (text) => {
      const piece = Buffer.from(text);
      pieces.push(piece);
      waiting += piece.length;
    },
    secure: async () => {
      if (waiting < partBytes) return null;
      await send();
      return note;
    },
    finish: async () => {
      if (waiting > 0) await send();
      await complete(store, note);
      return { ...note, upload: null, parts: [] };
    },
    leave: async () => undefined,
    abandon: async () => void (await drop(store, note).catch(() => undefined)),
  };
};

const missing = /NoSuchUpload|NoSuchKey|NotFound/;

export const createS3Storage = (place: S3Place, silenceLimitMs = silenceMs): ExportStorage => {
  const store: Store = { client: openClient(place, silenceLimitMs), bucket: place.bucket };
  const { client, bucket } = store;

  const begin = async ({ tenantId, id, fence, format }: FileToWrite): Promise<Note> => {
    const key = `${place.prefix}${tenantId}/${id}.${fence}.${format}`;
    const ContentType = format === "csv" ? "text/csv; charset=utf-8" : "application/json";
    const { UploadId } = await inStore(client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ContentType })));
    if (UploadId === undefined) throw new StorageFailure("The object store for exports refused.");
    return { key, upload: UploadId, nextPart: 1, parts: [] };
  };

  return {
    open: async (file, begun) => {
      const noted = noteSchema.safeParse(begun?.note);
      if (noted.success && noted.data.upload !== null)
        return createWriter(store, { ...noted.data, nextPart: noted.data.nextPart + 1 }, "mark");
      return createWriter(store, await begin(file), "beginning");
    },
    read: async ({ storage }) => {
      const { Body } = await inStore(client.send(new GetObjectCommand({ Bucket: bucket, Key: noteSchema.parse(storage).key })));
      if (!(Body instanceof Readable)) throw new StorageFailure("The object store for exports refused.");
      return Body;
    },
    remove: async ({ storage }) => {
      const noted = noteSchema.safeParse(storage);
      if (!noted.success) return;
      await inStore(
        drop(store, noted.data).catch((error: unknown) => {
          if (!missing.test(String(Reflect.get(Object(error), "name")))) throw error;
        }),
      );
    },
  };
};
