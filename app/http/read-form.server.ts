import { MaxFileSizeExceededError, MultipartParseError, parseFormData } from "@mjackson/form-data-parser";

import { stripHidden } from "../contracts/strip-hidden.ts";

/** A request's form, its texts without what nobody sees. Whoever sends a body that is none (another type, a multipart without its boundary) is told 400. */
export const readForm = (request: Request): Promise<FormData> => orRefuse(request.formData());

/** As readForm, for a form that may carry files. Throws what the parser throws of too many files, or too large a one. */
export const readFormWithFiles = (
  request: Request,
  limits: { maxFileSize: number; maxFiles: number },
): Promise<FormData> => orRefuse(parseFormData(request, limits));

async function orRefuse(form: Promise<FormData>): Promise<FormData> {
  try {
    return withoutHidden(await form);
  } catch (error) {
    if (error instanceof MaxFileSizeExceededError) throw error;
    // The platform's word for a body that it cannot read as a form is a TypeError.
    if (error instanceof MultipartParseError || error instanceof TypeError) throw new Response(null, { status: 400 });
    throw error;
  }
}

/** A password is taken as it is typed: it is shown to nobody, and must stay the one that was set. */
const AS_TYPED = /password/i;

function withoutHidden(form: FormData): FormData {
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name);
    if (AS_TYPED.test(name) || values.every((value) => typeof value !== "string")) continue;
    form.delete(name);
    for (const value of values) form.append(name, typeof value === "string" ? stripHidden(value) : value);
  }
  return form;
}
