/** A key to press. */
export function Kbd({ children }: { children: string }) {
  return <kbd className="ui-key">{children}</kbd>;
}
