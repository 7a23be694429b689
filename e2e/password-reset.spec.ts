/** A forgotten password ends with a new one: the code is in the mail, the popup waits for it. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, EXTENSION_ID, test } from "./fixtures.ts";
import { logIn } from "./parts/sign-in.ts";

const OLD = "a long enough password";
const NEW = "another long password";

/** The newest code mailed to this address. */
const codeMailedTo = async (dir: string, email: string): Promise<string> => {
  const folder = path.join(dir, "mail");
  for (const name of (await readdir(folder)).sort().reverse()) {
    const mail = await readFile(path.join(folder, name), "utf8");
    if (!mail.includes(email)) continue;
    expect(mail, "There is no link a browser would refuse to open.").not.toContain("http");
    return /^\d{6}$/m.exec(mail)?.[0] ?? "";
  }
  return "";
};

test("a forgotten password is replaced with the code from the mail, though the popup was closed meanwhile", async ({
  all,
  seller,
  context,
  popup,
}) => {
  const email = `forgot-${Date.now()}@example.test`;
  await seller.signUp(email, OLD);
  await popup.reload();
  await popup.getByRole("button", { name: "Log out" }).click();
  await popup.getByLabel("Email").fill(email);
  await popup.getByRole("button", { name: "Forgot password?" }).click();
  await expect(popup.getByLabel("Email"), "What was typed is still there.").toHaveValue(email);
  await popup.getByRole("button", { name: "Send code" }).click();
  await popup.getByLabel("Code from the mail").waitFor();
  await popup.close(); // as it does when the person goes to read their mail

  const again = await context.newPage();
  await again.goto(`chrome-extension://${EXTENSION_ID}/popup.html`);
  const code = await codeMailedTo(all.dir, email);
  await again.getByLabel("Code from the mail").fill(code === "000000" ? "000001" : "000000");
  await again.getByLabel("New password").fill(NEW);
  await again.getByRole("button", { name: "Set the new password" }).click();
  await expect(again.getByText("That code is wrong or no longer good.")).toBeVisible();
  await again.getByLabel("Code from the mail").fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await again.getByRole("button", { name: "Set the new password" }).click();
  await again.getByText(`Signed in as ${email}`).waitFor();

  await again.getByRole("button", { name: "Log out" }).click();
  await again.getByLabel("Email").fill(email);
  await again.getByLabel("Password", { exact: true }).fill(OLD);
  await again.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(again.getByText("That e-mail and password do not belong together.")).toBeVisible();
  await logIn(context, email, NEW);
});

test("a refused new password may be tried again with the same code; giving up leaves the old one", async ({
  all,
  seller,
  context,
  popup,
}) => {
  const email = `kept-${Date.now()}@example.test`;
  await seller.signUp(email, OLD);
  await popup.reload();
  await popup.getByRole("button", { name: "Log out" }).click();
  await popup.getByRole("button", { name: "Forgot password?" }).click();
  await popup.getByLabel("Email").fill(email);
  await popup.getByRole("button", { name: "Send code" }).click();
  await popup.getByLabel("Code from the mail").waitFor();
  await popup.getByRole("button", { name: "Back to log in" }).click();
  await popup.getByRole("button", { name: "Forgot password?" }).click();
  await popup.getByRole("button", { name: "Send code" }).click();
  await popup.getByLabel("Code from the mail").waitFor();
  await popup.getByLabel("Code from the mail").fill(await codeMailedTo(all.dir, email));
  await popup.getByLabel("New password").fill(OLD);
  await popup.getByRole("button", { name: "Set the new password" }).click();
  await expect(popup.getByText("That is your password already.")).toBeVisible();
  await popup.reload();
  await expect(popup.getByText("Signed in as")).toHaveCount(0);
  await popup.getByRole("button", { name: "Back to log in" }).click();
  await popup.getByLabel("Password", { exact: true }).waitFor();
  await logIn(context, email, OLD);
});
