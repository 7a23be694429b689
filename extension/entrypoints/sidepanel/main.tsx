import { mount } from "#extension/ui/mount.tsx";
import { Cockpit } from "#extension/features/cockpit/cockpit.tsx";

mount(<Cockpit />);
