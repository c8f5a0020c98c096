import { createContext, type ReactNode, useContext } from "react";

import { billPath } from "#app/features/bills/bill-path.ts";

const BillPathContext = createContext<(number: string) => string>(billPath);

/** Where the bills named on cards lead: the portal's own pages, unless the console says otherwise. */
export function BillPathProvider({ path, children }: { path: (number: string) => string; children: ReactNode }) {
  return <BillPathContext.Provider value={path}>{children}</BillPathContext.Provider>;
}

export const useBillPath = (): ((number: string) => string) => useContext(BillPathContext);
