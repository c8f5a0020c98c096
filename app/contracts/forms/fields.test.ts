import { expect, it } from "vitest";

import { email, optionalEmail } from "./fields.ts";
import { emailField } from "./person-fields.ts";

const FIELDS = [email("no"), optionalEmail("no"), emailField];

it.each([
  ...["ana@example.com", "o'brien@example.co.uk", "ana+water@mail.example.com", "änne@exämple.de", " ana@example.com "],
])("%j is an address, wherever one is asked for", (text) => {
  for (const field of FIELDS) expect(field.safeParse(text)).toMatchObject({ success: true, data: text.trim() });
});

it.each([
  ...["ana", "ana@example", "ana@.com", "a@b..c", "Ana <ana@example.com>", "ana@example.com, bob@example.com"],
  ...["ana@example.com\r\nBcc: bob@example.com", "ana@example.com\u0000", "a".repeat(250) + "@b.com"],
])("%.60j is none, wherever one is asked for", (text) => {
  for (const field of FIELDS) expect(field.safeParse(text).success).toBe(false);
});
