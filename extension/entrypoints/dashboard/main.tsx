import { mount } from "#extension/ui/mount.tsx";
import { Dashboard } from "#extension/features/dashboard/dashboard.tsx";

mount(<Dashboard />);
