/** Why a file could not be written, kept or read: in words for whoever ordered it, with the cause for whoever runs the server. */

export class StorageFailure extends Error {
  override readonly name = "StorageFailure";
}

const codeOf = (error: unknown): unknown => Reflect.get(Object(error), "code");
const nameOf = (error: unknown): string => String(Reflect.get(Object(error), "name"));

const diskWords = (error: unknown): string => {
  switch (codeOf(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return "The disk that exports are written to is full.";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "The server may not write to the directory for exports.";
    case "ENOENT":
    case "ENOTDIR":
      return "The directory for exports, or the file in it, is gone.";
    default:
      return "The disk that exports are written to refused.";
  }
};

const storeWords = (error: unknown): string => {
  const name = nameOf(error);
  if (/AccessDenied|InvalidAccessKeyId|SignatureDoesNotMatch|Forbidden|Credentials/i.test(name))
    return "The object store refused the credentials that exports are kept with.";
  if (/NoSuchBucket/.test(name)) return "The bucket for exports does not exist.";
  if (/NoSuchKey|NoSuchUpload|NotFound/.test(name)) return "The file is not in the object store any more.";
  if (/Timeout|ECONN|ENOTFOUND|EHOSTUNREACH|EPIPE|EAI_AGAIN/.test(`${name} ${String(codeOf(error))}`))
    return "The object store for exports does not answer.";
  return "The object store for exports refused.";
};

const failing =
  (wordsOf: (error: unknown) => string) =>
  async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      throw error instanceof StorageFailure ? error : new StorageFailure(wordsOf(error), { cause: error });
    }
  };

/** What the work throws, as a StorageFailure. */
export const onDisk = failing(diskWords);
export const inStore = failing(storeWords);
