export { getFile, listOwnFileIds } from "./queries.ts";
export { ACCEPTED_TYPES, MAX_FILE_BYTES, type UploadRefusal } from "./rules.ts";
export { sanitizeUpload } from "./sanitize-upload.ts";
export { storeUpload, type StoredFile } from "./store-upload.ts";
export { findLogo, uploadLogo } from "./upload-logo.ts";
