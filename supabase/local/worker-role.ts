/** The worker's Postgres role: made by the migrations without a password, which is set here. */
import pg from "pg";

export const setWorkerPassword = async (adminUrl: string, password: string): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`alter role hawker_worker with login password ${client.escapeLiteral(password)}`);
  } finally {
    await client.end();
  }
};

/** @param adminUrl a superuser URL of the same database. */
export const workerUrlOf = (adminUrl: string, password: string): string => {
  const url = new URL(adminUrl);
  url.username = "hawker_worker";
  url.password = password;
  return url.href;
};
