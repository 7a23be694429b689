/** This browser as a device: an id, and a signing key that cannot be exported (IndexedDB keeps CryptoKeys as they are). */
import { exportDevicePublicKey, generateDeviceKey, type PublicJwk } from "#core/session/index.ts";
import { readSetting, writeSetting, type Settings } from "#extension/store/settings.ts";

const device = async (): Promise<Settings["device"]> => {
  const known = await readSetting("device");
  if (known) return known;
  const made = { id: crypto.randomUUID(), keys: await generateDeviceKey() };
  // Two callers at once: the first one's key is the device's.
  const again = await readSetting("device");
  if (again) return again;
  await writeSetting("device", made);
  return made;
};

export const deviceId = async (): Promise<string> => (await device()).id;

export const deviceName = (): string => {
  const brands = (navigator as { userAgentData?: { platform: string } }).userAgentData?.platform;
  return `Chrome${brands ? ` on ${brands}` : ""}`.slice(0, 80);
};

export const deviceForSealing = async (): Promise<Settings["device"] & { publicKey: PublicJwk }> => {
  const known = await device();
  return { ...known, publicKey: await exportDevicePublicKey(known.keys.publicKey) };
};
