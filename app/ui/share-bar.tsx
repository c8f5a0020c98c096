const [WIDTH, HEIGHT, GAP] = [400, 8, 2];

/**
 * One bar cut into shares of a whole, the first the calmest and the last the loudest. For eyes alone: what it shows
 * stands in words beside it. Sizes are SVG attributes: inline styles would break the page's security policy.
 */
export function ShareBar({ shares }: { shares: readonly number[] }) {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => (whole === 0 ? 0 : (share / whole) * WIDTH));
  return (
    <svg className="ui-share" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {widths.map((width, at) => {
        const x = widths.slice(0, at).reduce((sum, before) => sum + before, 0);
        return width > 0 ? (
          <rect key={at} data-step={at} x={x} width={Math.max(width - GAP, 1)} height={HEIGHT} rx={2} />
        ) : null;
      })}
    </svg>
  );
}
