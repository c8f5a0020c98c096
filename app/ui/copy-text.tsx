import { useRef, useState } from "react";

import { Button } from "./button.tsx";

/** A text to take along. Where the clipboard is closed to pages, it is selected, ready for the keyboard. */
export function CopyText({ label, text, id }: { label: string; text: string; id: string }) {
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  const copy = async () => {
    input.current?.select();
    const done = await writeClipboard(text);
    setSaid(done ? "Copied" : "Selected: copy it with your keyboard");
  };
  return (
    <div className="grid gap-1">
      <label className="ui-label" htmlFor={id}>
        {label}
      </label>
      <div className="flex gap-2">
        <input
          ref={input}
          id={id}
          className="ui-input min-w-0 grow"
          readOnly
          value={text}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button onClick={() => void copy()}>Copy</Button>
      </div>
      <p className="min-h-5 text-13 text-ink-3" role="status">
        {said}
      </p>
    </div>
  );
}

async function writeClipboard(text: string): Promise<boolean> {
  // Only pages on https and on this machine have one.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  try {
    await clipboard?.writeText(text);
    return clipboard !== undefined;
  } catch {
    return false;
  }
}
