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
  const forget = (agreed: Keeps) =>
    run(async () => {
      // What came up since the dialog opened is named first, and nobody is signed out for it.
      const now = await keepsDevice();
      const isNamed = now.open === 0 && now.unsent <= agreed.unsent;
      if (isNamed && auth) await send("auth.signOut", {});
      const left = isNamed ? await forgetDevice(agreed) : now;
      setKeeps(left);
      if (!left) toasts.show(words.forgotten);
    });
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
            <Button
              kind="danger"
              busy={busy}
              disabled={(keeps?.open ?? 0) > 0}
              onClick={() => keeps && void forget(keeps)}
            >
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
