import { CommandFailed } from "./with-database.ts";

const mostBytes = 4_096;

/** The first line of what is piped in. Standing in the process list or the shell's history, a password is no secret. */
export async function readPassword(input: NodeJS.ReadStream): Promise<string> {
  if (input.isTTY) throw new CommandFailed("Pipe the password in: printf '%s' \"$PASSWORD\" | npm run staff -- …");
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of input as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > mostBytes) throw new CommandFailed("What is piped in is longer than any password.");
    parts.push(part);
  }
  const [line = ""] = Buffer.concat(parts).toString("utf8").split(/\r?\n/, 1);
  if (line === "") throw new CommandFailed("Nothing was piped in: --password-stdin reads the password from there.");
  return line;
}
