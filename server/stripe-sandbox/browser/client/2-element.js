// One element on the page: an iframe that grows with what is in it.
const startHeights = { card: 306, both: 378, us_bank_account: 520 };

parts.createElement = (type, options, group) => {
  const events = parts.emitter();
  let line;
  let ready = false;
  let height;
  let current = { ...options };
  const queued = [];

  const whenReady = () => (ready ? Promise.resolve() : new Promise((resolve) => queued.push(resolve)));

  const describe = () => ({ type: "configure", element: type, options: current, group: group.describe() });

  const setHeight = (pixels) => {
    height = pixels;
    if (line) line.frame.style.height = `${pixels}px`;
  };

  const onMessage = (message) => {
    if (message.type === "hello") line.tell(describe());
    else if (message.type === "height") setHeight(message.pixels);
    else if (message.type === "ready") {
      ready = true;
      for (const resolve of queued.splice(0)) resolve();
      events.emit("ready", { elementType: type });
    } else if (message.type === "change") events.emit("change", { elementType: type, ...message.value });
    else if (["focus", "blur", "escape"].includes(message.type)) events.emit(message.type, { elementType: type });
  };

  const element = {
    mount(target) {
      const node = typeof target === "string" ? document.querySelector(target) : target;
      if (!node) throw new Error("The place to mount the element in is not on the page.");
      if (line) element.unmount();
      line = parts.openFrame({ path: "/elements/payment", title: "Secure payment input frame", onMessage });
      const types = group.describe().types;
      setHeight(height ?? startHeights[types.length > 1 ? "both" : types[0]] ?? 300);
      node.append(line.frame);
      events.emit("loaderstart", { elementType: type });
    },
    unmount() {
      ready = false;
      line?.close();
      line = undefined;
    },
    destroy() {
      element.unmount();
      group.forget(type);
    },
    update(changes) {
      current = { ...current, ...changes };
      line?.tell(describe());
    },
    reconfigure: () => line?.tell(describe()),
    focus: () => line?.tell({ type: "focus" }),
    blur: () => line?.tell({ type: "blur" }),
    clear: () => line?.tell({ type: "clear" }),
    collapse: () => undefined,
    on(name, handler) {
      events.on(name, handler);
      if (name === "ready" && ready) handler({ elementType: type });
      return element;
    },
    off(name, handler) {
      events.off(name, handler);
      return element;
    },
    once(name, handler) {
      events.once(name, handler);
      return element;
    },
    async ask(message) {
      if (!line) return { error: parts.error("The element is not mounted.") };
      await whenReady();
      return line.ask(message);
    },
    elementType: type,
  };
  return element;
};
