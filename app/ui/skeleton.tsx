/** Holds the place of what comes, in its size: `className` gives it (`h-6 w-40`). */
export function Skeleton({ className }: { className: string }) {
  return <span className={`ui-skeleton ${className}`} aria-hidden="true" />;
}

/** Lines of text to come. Says "Loading" once. */
export function SkeletonLines({ lines = 3 }: { lines?: number }) {
  return (
    <div className="grid gap-3" role="status">
      <span className="sr-only">Loading</span>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className={line === lines - 1 ? "h-4 w-2/3" : "h-4 w-full"} />
      ))}
    </div>
  );
}
