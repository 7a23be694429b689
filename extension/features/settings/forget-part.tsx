/** The data of this browser deleted: what would be lost by it is said before. */
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { send } from "#extension/messages/send.ts";
import { forgetDevice, keepsDevice, type Keeps } from "#extension/store/forget-device.ts";
import { Button } from "#extension/ui/button.tsx";
import { text } from "#extension/ui/messages.ts";
import { Modal } from "#extension/ui/modal.tsx";
import { Banner } from "#extension/ui/notices.tsx";
import { toasts } from "#extension/ui/toasts.tsx";
import { useAction } from "#extension/ui/use-action.ts";
import { useAuth } from "../auth/use-auth.ts";
import { words } from "./words.ts";

export function ForgetPart() {
  const [keeps, setKeeps] = useState<Keeps | null>(null);
  const { busy, error, run } = useAction();
  const auth = useAuth();
  const ask = () => void run(async () => setKeeps(await keepsDevice()));
  const forget = async () => {
    const went = await run(async () => {
      if (auth) await send("auth.signOut", {});
      await forgetDevice();
    });
    if (!went) return;
    setKeeps(null);
    toasts.show(words.forgotten);
  };
  return (
    <div>
      <Button icon={<Trash2 aria-hidden className="size-4" />} busy={busy} onClick={ask}>
        {words.forget}
      </Button>
      <Modal
        open={keeps !== null}
        onClose={() => setKeeps(null)}
        title={words.forgetTitle}
        footer={
          <>
            <Button onClick={() => setKeeps(null)}>{text.cancel}</Button>
            <Button kind="danger" busy={busy} disabled={(keeps?.open ?? 0) > 0} onClick={() => void forget()}>
              {words.forgetNow}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3">
          {error ? <Banner meaning="failed">{error}</Banner> : null}
          <p>{auth ? words.forgetText : words.forgetSignedOut}</p>
          {keeps && keeps.unsent > 0 ? (
            <Banner meaning="attention">{words.unsentLost(keeps.unsent)}</Banner>
          ) : null}
          {keeps && keeps.open > 0 ? <Banner meaning="failed">{words.stillOpen(keeps.open)}</Banner> : null}
        </div>
      </Modal>
    </div>
  );
}
