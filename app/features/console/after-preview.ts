import { type ShouldRevalidateFunction } from "@remix-run/react";

/** A preview changes nothing, so nothing is read again after it. */
export const afterPreview: ShouldRevalidateFunction = ({ formAction, defaultShouldRevalidate }) =>
  formAction?.endsWith("?preview") === true ? false : defaultShouldRevalidate;
