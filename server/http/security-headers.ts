import { type Request, type RequestHandler, type Response } from "express";
import helmet from "helmet";

export const cspReportPath = "/csp-report";

export type SecurityOptions = {
  publicUrl: string | undefined;
  /** Real keys let the processor's script and frames in; the stand-in's come from our own /sandbox. */
  stripe: "sandbox" | "real";
  /** Vite's own client needs what a built page does not. */
  dev: boolean;
};

export function securityHeaders(options: SecurityOptions): RequestHandler[] {
  const https = options.publicUrl?.startsWith("https:") ?? false;
  const base = helmet({
    contentSecurityPolicy: false,
    // Plain forms would send `Origin: null` under the stricter default.
    referrerPolicy: { policy: "strict-origin-when-cross-origin" },
    strictTransportSecurity: https ? { maxAge: 63_072_000, includeSubDomains: true } : false,
    frameguard: { action: "deny" },
    // The processor's bank pages may open and answer a window.
    crossOriginOpenerPolicy: { policy: "same-origin-allow-popups" },
  });
  const policy: RequestHandler = (request, response, next) => {
    response.set("Content-Security-Policy", contentSecurityPolicy(request, response, options));
    response.set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(self)");
    next();
  };
  return [base, policy];
}

function contentSecurityPolicy(request: Request, response: Response, options: SecurityOptions): string {
  const nonce = `'nonce-${String(response.locals["cspNonce"])}'`;
  const origin = options.publicUrl ?? `${request.protocol}://${hostOf(request)}`;
  const socket = origin.replace(/^http/, "ws");
  const real = options.stripe === "real";
  const stripeFrames = ["https://js.stripe.com", "https://*.js.stripe.com", "https://hooks.stripe.com"];
  const directives: Record<string, string[]> = {
    "default-src": ["'self'"],
    // Only our built files and the card form's script, by path: an uploaded file is never a script.
    "script-src": [
      nonce,
      ...(options.dev ? ["'self'"] : [`${origin}/assets/`]),
      ...(real ? ["https://js.stripe.com", "https://*.js.stripe.com"] : [`${origin}/sandbox/`]),
    ],
    "style-src": ["'self'", options.dev ? "'unsafe-inline'" : nonce],
    // Positions that a menu or dialog is given on the server stand in style attributes.
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:", ...(real ? ["https://*.stripe.com"] : [])],
    "font-src": ["'self'"],
    "connect-src": ["'self'", socket, ...(real ? ["https://api.stripe.com"] : [])],
    "frame-src": real ? stripeFrames : [`${origin}/sandbox/`],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "report-uri": [cspReportPath],
    ...(origin.startsWith("https:") ? { "upgrade-insecure-requests": [] } : {}),
  };
  return Object.entries(directives)
    .map(([name, values]) => [name, ...values].join(" "))
    .join("; ");
}

/** A host that is not a plain one would break out of the header it is written into. */
function hostOf(request: Request): string {
  const host = request.headers.host ?? "";
  return /^[a-z0-9.:[\]-]+$/i.test(host) ? host : "invalid.host";
}
