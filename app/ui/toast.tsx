import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";

export type Toast = { text: string; action?: { label: string; onPress: () => void } };
type Shown = Toast & { id: number };

const SHOWN_MS = 6_000;
const MOST = 3;

const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

/** Says that something happened elsewhere, with at most one way back ("Undo"). Not for what the page already shows. */
export const useToast = (): ((toast: Toast) => void) => useContext(ToastContext);

/** The one place where toasts appear. Goes into a layout, once. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Shown[]>([]);
  const show = useCallback((toast: Toast) => {
    setToasts((now) => [...now, { ...toast, id: (now.at(-1)?.id ?? 0) + 1 }].slice(-MOST));
  }, []);
  const remove = useCallback((id: number) => setToasts((now) => now.filter((toast) => toast.id !== id)), []);
  const region = useMemo(
    () => toasts.map((toast) => <OneToast key={toast.id} toast={toast} onGone={remove} />),
    [toasts, remove],
  );
  return (
    <ToastContext.Provider value={show}>
      {children}
      <div className="ui-toasts" role="region" aria-label="Notices" aria-live="polite">
        {region}
      </div>
    </ToastContext.Provider>
  );
}

function OneToast({ toast, onGone }: { toast: Shown; onGone: (id: number) => void }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => onGone(toast.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, onGone, toast.id]);
  const { action } = toast;
  return (
    <div
      className="ui-toast"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{toast.text}</span>
      <button
        type="button"
        onClick={() => {
          action?.onPress();
          onGone(toast.id);
        }}
      >
        {action?.label ?? "Close"}
      </button>
    </div>
  );
}
