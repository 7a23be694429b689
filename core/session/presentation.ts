/**
 * How a browser presents itself: language and time zone. Browsers tell some that no browser takes back: "Etc/Unknown" where
 * the computer does not say its zone, "C" or "en-US@posix" as a language. Pages throw on them, and so do browsers told to
 * use them, so they are replaced before they are used.
 */
export type Presentation = { locale: string; timezone: string };

const takes = (construct: () => unknown): boolean => {
  try {
    construct();
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

/** What can be used of it, and in plain words what was put in whose place. */
export const presentableAs = <T extends Presentation>(told: T): { usable: T; replaced: string[] } => {
  const replaced: string[] = [];
  const usable = { ...told };
  if (!takes(() => new Intl.DateTimeFormat("en", { timeZone: told.timezone }))) {
    usable.timezone = "UTC";
    replaced.push(`"${told.timezone}" is no time zone a browser can be set to; UTC is used instead.`);
  }
  if (!takes(() => Intl.getCanonicalLocales(told.locale))) {
    usable.locale = "en-US";
    replaced.push(`"${told.locale}" is no language a browser can be set to; English is used instead.`);
  }
  return { usable, replaced };
};
