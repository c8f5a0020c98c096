import { useFetcher } from "@remix-run/react";
import { type FormEvent, type RefObject, useEffect, useRef, useState } from "react";

import { type ComposerReply } from "./composer-reply.ts";

export type Uploads = {
  names: readonly string[];
  pending: boolean;
  /** What the server said about the files. */
  problem: string | null;
  chosen(): boolean;
  onChoose(event: FormEvent<HTMLInputElement>): void;
  submit(action: string): void;
};

/** Files go by form, with or without script: bytes never travel over the socket. */
export function useUploads({ form, onSent }: { form: RefObject<HTMLFormElement>; onSent: () => void }): Uploads {
  const fetcher = useFetcher<ComposerReply>();
  const [names, setNames] = useState<readonly string[]>([]);
  const sent = useRef(onSent);
  useEffect(() => {
    sent.current = onSent;
  });
  useEffect(() => {
    if (fetcher.state !== "idle" || !fetcher.data?.ok) return;
    const input = fileInput(form.current);
    if (input) input.value = "";
    setNames([]);
    sent.current();
  }, [fetcher.state, fetcher.data, form]);
  return {
    names,
    pending: fetcher.state !== "idle",
    problem: fetcher.data && !fetcher.data.ok ? (fetcher.data.message ?? null) : null,
    chosen: () => (fileInput(form.current)?.files?.length ?? 0) > 0,
    onChoose: (event) => setNames([...(event.currentTarget.files ?? [])].map(({ name }) => name)),
    submit(action) {
      if (!form.current) return;
      const body = new FormData(form.current);
      body.set("stay", "1");
      fetcher.submit(body, { method: "post", action, encType: "multipart/form-data" });
    },
  };
}

const fileInput = (form: HTMLFormElement | null): HTMLInputElement | null =>
  form?.querySelector<HTMLInputElement>('input[type="file"]') ?? null;
