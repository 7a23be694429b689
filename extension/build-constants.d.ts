/** Set by wxt.config.ts when the package is built. */
declare const HAWKER_API_URL: string;
declare const HAWKER_SUPABASE_URL: string;
declare const HAWKER_SUPABASE_KEY: string;
declare const HAWKER_ROOT_KEY: string;
declare const HAWKER_ENV: string;
