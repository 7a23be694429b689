/** Budgets as an operator sets them: with SQL. */
import pg from "pg";

export const setBudgets = async (
  adminDatabaseUrl: string,
  budgets: Readonly<Record<string, number>>,
): Promise<void> => {
  const client = new pg.Client({ connectionString: adminDatabaseUrl });
  await client.connect();
  try {
    for (const [bucket, perWindow] of Object.entries(budgets))
      await client.query("update private.budgets set per_window = $2 where bucket = $1", [bucket, perWindow]);
  } finally {
    await client.end();
  }
};

/** What there is a budget for. */
export const budgetNames = async (adminDatabaseUrl: string): Promise<string[]> => {
  const client = new pg.Client({ connectionString: adminDatabaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ bucket: string }>(
      "select bucket from private.budgets order by bucket",
    );
    return rows.map(({ bucket }) => bucket);
  } finally {
    await client.end();
  }
};
