/** A person's initials. The name stands beside it, so this says nothing to screen readers. */
export function Avatar({ name, size }: { name: string; size?: "small" }) {
  return (
    <span className="ui-avatar" data-size={size} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends.map((word) => [...(word ?? "?")][0]?.toUpperCase() ?? "").join("");
}
