import { contentDisposition } from "./inspect";

/**
 * The headers that an uploaded file is sent with: as a download under its own name. A browser that is led
 * to it directly must run nothing of what somebody uploaded.
 * @param length of what is sent, in bytes
 */
export function fileHeaders(
  file: { contentType: string; fileName: string },
  length: number,
): Record<string, string> {
  return {
    "content-type": file.contentType,
    "content-disposition": contentDisposition(file.fileName),
    "content-security-policy": "sandbox; default-src 'none'",
    "cross-origin-resource-policy": "same-origin",
    "content-length": String(length),
  };
}
