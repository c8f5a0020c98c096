import { MaxFileSizeExceededError, MultipartParseError, parseFormData } from "@mjackson/form-data-parser";

/** A request's form. Whoever sends a body that is none (another type, a multipart without its boundary) is told 400. */
export const readForm = (request: Request): Promise<FormData> => orRefuse(request.formData());

/** As readForm, for a form that may carry files. Throws what the parser throws of too many files, or too large a one. */
export const readFormWithFiles = (
  request: Request,
  limits: { maxFileSize: number; maxFiles: number },
): Promise<FormData> => orRefuse(parseFormData(request, limits));

async function orRefuse(form: Promise<FormData>): Promise<FormData> {
  try {
    return await form;
  } catch (error) {
    if (error instanceof MaxFileSizeExceededError) throw error;
    // The platform's word for a body that it cannot read as a form is a TypeError.
    if (error instanceof MultipartParseError || error instanceof TypeError) throw new Response(null, { status: 400 });
    throw error;
  }
}
