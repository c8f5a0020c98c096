import { type DragEvent, useState } from "react";

import { useFieldControl } from "./field.tsx";

export type FileDropProps = { accept?: string; multiple?: boolean; prompt?: string; disabled?: boolean };

/** Files to send, inside a `Field`: pressed or dropped, listed by name and size. A plain file input without script. */
export function FileDrop({ accept, multiple, prompt = "Choose a file, or drop it here", disabled }: FileDropProps) {
  const control = useFieldControl();
  const [files, setFiles] = useState<readonly { name: string; size: number }[]>([]);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent<HTMLLabelElement>) => {
    event.preventDefault();
    setOver(false);
    const input = event.currentTarget.querySelector("input");
    if (!input || disabled) return;
    input.files = event.dataTransfer.files;
    setFiles([...event.dataTransfer.files]);
  };
  const drag = (event: DragEvent<HTMLLabelElement>) => {
    event.preventDefault();
    setOver(event.type === "dragover");
  };
  return (
    <label className="ui-drop" data-over={over ? "" : undefined} onDrop={drop} onDragOver={drag} onDragLeave={drag}>
      <span className="font-medium">{prompt}</span>
      <input
        {...control}
        type="file"
        accept={accept}
        multiple={multiple}
        disabled={disabled}
        onChange={(event) => setFiles([...(event.currentTarget.files ?? [])])}
      />
      {files.length > 1 ? (
        <ul className="ui-drop-files">
          {files.map((file) => (
            <li key={`${file.size}/${file.name}`}>
              <span className="truncate">{file.name}</span>
              <span className="tabular">{sizeOf(file.size)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </label>
  );
}

const sizeOf = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
