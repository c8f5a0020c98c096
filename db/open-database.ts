import { connect, type Connection, type ConnectionOptions } from "./client.ts";
import { startEmbedded } from "./embedded/start-embedded.ts";
import { type ClusterNews } from "./embedded/supervise.ts";
import { migrateDatabase } from "./migrate.ts";

export type DatabasePlace = {
  dataDir: string;
  databaseUrl?: string | undefined;
  databaseAdminUrl?: string | undefined;
};

export type OpenDatabase = Connection & {
  kind: "embedded" | "external";
  url: string;
  adminUrl: string;
  notice?: string;
  /** Has the embedded server started again whenever it dies, and hears of it; somebody else's is not ours to start. */
  supervise: (report: (news: ClusterNews) => void) => void;
};

export type { ClusterNews };

/**
 * Opens the database this installation uses, at the schema of this code: the server of `databaseUrl`, else the embedded
 * one, started here unless it runs already. `close()` gives the connections back, and stops a server nobody else uses.
 */
export async function openDatabase(place: DatabasePlace, options: ConnectionOptions = {}): Promise<OpenDatabase> {
  const { url, adminUrl, notice, stop, kind, supervise } = await reach(place);
  try {
    await migrateDatabase(adminUrl, url);
  } catch (error) {
    await stop();
    throw error;
  }
  const connection = connect(url, options);
  const close = async () => {
    await connection.close();
    await stop();
  };
  return { ...connection, kind, url, adminUrl, ...(notice ? { notice } : {}), supervise, close };
}

async function reach(place: DatabasePlace) {
  if (!place.databaseUrl) return { kind: "embedded" as const, ...(await startEmbedded(place.dataDir)) };
  const adminUrl = place.databaseAdminUrl ?? place.databaseUrl;
  return {
    kind: "external" as const,
    url: place.databaseUrl,
    adminUrl,
    notice: undefined,
    supervise: () => undefined,
    stop: () => Promise.resolve(),
  };
}
