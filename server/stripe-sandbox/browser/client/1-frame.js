// The line to the card form: messages to and from one iframe of our own origin.
parts.base = new URL(".", document.currentScript.src).pathname.replace(/\/$/, "");

parts.openFrame = ({ path, title, onMessage }) => {
  const frame = document.createElement("iframe");
  frame.src = parts.base + path;
  frame.title = title;
  frame.setAttribute("allow", "payment");
  Object.assign(frame.style, { border: "0", display: "block", width: "100%", colorScheme: "normal" });
  const waiting = new Map();
  let nextRequest = 1;

  const listen = (event) => {
    if (event.source !== frame.contentWindow || event.origin !== location.origin) return;
    const message = event.data;
    if (!message || message.from !== "stripe-sandbox") return;
    if (message.answers !== undefined) {
      waiting.get(message.answers)?.(message.value);
      waiting.delete(message.answers);
      return;
    }
    onMessage(message);
  };
  addEventListener("message", listen);

  return {
    frame,
    tell(message) {
      frame.contentWindow?.postMessage({ to: "stripe-sandbox", ...message }, location.origin);
    },
    ask(message) {
      const request = nextRequest++;
      return new Promise((resolve) => {
        waiting.set(request, resolve);
        this.tell({ ...message, request });
      });
    },
    close() {
      removeEventListener("message", listen);
      for (const resolve of waiting.values())
        resolve({ error: parts.error("The form was removed before it answered.") });
      frame.remove();
    },
  };
};

parts.error = (message, more) => ({ type: "invalid_request_error", message, ...more });

parts.emitter = () => {
  const handlers = new Map();
  const off = (type, handler) => {
    if (handler) handlers.get(type)?.delete(handler);
    else handlers.delete(type);
  };
  const on = (type, handler) => {
    if (!handlers.has(type)) handlers.set(type, new Set());
    handlers.get(type).add(handler);
  };
  return {
    on,
    off,
    once(type, handler) {
      const wrapped = (event) => {
        off(type, wrapped);
        handler(event);
      };
      on(type, wrapped);
    },
    emit(type, event) {
      for (const handler of [...(handlers.get(type) ?? [])]) handler(event);
    },
  };
};

parts.call = async (path, body) => {
  try {
    const response = await fetch(parts.base + path, {
      method: body === undefined ? "GET" : "POST",
      headers: body === undefined ? {} : { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return await response.json();
  } catch {
    return {
      error: { type: "api_connection_error", message: "We could not reach the payment service. Please try again." },
    };
  }
};
