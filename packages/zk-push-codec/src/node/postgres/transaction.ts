import type { Pool, PoolClient } from "pg";
import { execute, isLost, isPassing, refuse } from "./connection.js";

const TRIES = 5;

/** Work on a connection of its own; one that gave no answer is closed. */
export const withClient = async <R>(
  pool: Pool,
  work: (client: PoolClient) => Promise<R>,
): Promise<R> => {
  const client = await pool.connect().catch(refuse);
  // A connection that ends between two statements says so here, and the next statement fails.
  client.on("error", ignore);
  let lost = false;
  try {
    return await work(client);
  } catch (error) {
    lost = isLost(error);
    throw error;
  } finally {
    client.off("error", ignore);
    client.release(lost);
  }
};

const ignore = (): void => {};

/**
 * Work in a transaction, and once more where the database asks for that. What it did is durable
 * when this resolves. When it rejects nothing was done, unless the connection was lost.
 *
 * @param begin statements that start it.
 */
export const transaction = async <R>(
  client: PoolClient,
  begin: string,
  work: () => Promise<R>,
): Promise<R> => {
  for (let attempt = 1; ; attempt++) {
    try {
      await execute(client, begin);
      const result = await work();
      await execute(client, "COMMIT");
      return result;
    } catch (error) {
      if (isLost(error)) throw error;
      await execute(client, "ROLLBACK");
      if (!isPassing(error) || attempt === TRIES) throw error;
    }
  }
};
