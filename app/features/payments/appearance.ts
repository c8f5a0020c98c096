import type { Appearance } from "@stripe/stripe-js";

/** The card form is a page of its own and knows nothing of ours: it is told our colours as plain red, green and blue. */
export function appearanceNow(): Appearance {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme =
    (document.documentElement.dataset["theme"] ?? (isDark ? "dark" : "light")) === "dark" ? "night" : "stripe";
  return (told[theme] ??= read(theme));
}

/** Read once: painting pixels to see their colours costs a slow phone more than drawing the page. */
const told: Partial<Record<"night" | "stripe", Appearance>> = {};

function read(theme: "night" | "stripe"): Appearance {
  return {
    theme,
    variables: {
      colorPrimary: colourOf("--color-accent"),
      colorBackground: colourOf("--color-surface"),
      colorText: colourOf("--color-ink"),
      colorTextSecondary: colourOf("--color-ink-2"),
      colorDanger: colourOf("--color-danger"),
      fontFamily: "Inter, system-ui, sans-serif",
      borderRadius: "6px",
    },
  };
}

/** Whatever way a colour is written, one painted pixel says it in numbers. */
function colourOf(name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d");
  if (!pen) return colour;
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
  return `rgb(${String(red)}, ${String(green)}, ${String(blue)})`;
}
