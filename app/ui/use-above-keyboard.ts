import { type RefObject, useEffect } from "react";

import { afterPaint } from "./after-paint.ts";

/**
 * Tells a sheet that fills the screen what of the screen is left above the phone's keyboard (`--seen-top`,
 * `--seen-height`). Browsers that shrink the page itself (`interactive-widget`) need it not; Safari lays the keyboard over.
 */
export function useAboveKeyboard(sheet: RefObject<HTMLElement>): void {
  useEffect(() => {
    const seen = window.visualViewport;
    const element = sheet.current;
    if (!seen || !element) return;
    const follow = () => {
      // Zoomed in, the visual viewport is a window on the page: the sheet stays as it is.
      if (seen.scale > 1.01) return;
      // Where no keyboard is nothing is written: the page need not be laid out again.
      const told = element.style.getPropertyValue("--seen-height") !== "";
      if (!told && seen.offsetTop === 0 && seen.height >= document.documentElement.clientHeight) return;
      element.style.setProperty("--seen-top", `${String(seen.offsetTop)}px`);
      element.style.setProperty("--seen-height", `${String(seen.height)}px`);
    };
    // To ask how large things are has the page laid out: not before a press is answered.
    const takeBack = afterPaint(follow);
    seen.addEventListener("resize", follow);
    seen.addEventListener("scroll", follow);
    return () => {
      takeBack();
      seen.removeEventListener("resize", follow);
      seen.removeEventListener("scroll", follow);
    };
  }, [sheet]);
}
