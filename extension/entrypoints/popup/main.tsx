import { mount } from "#extension/ui/mount.tsx";
import { Popup } from "#extension/features/popup/popup.tsx";

mount(<Popup />);
