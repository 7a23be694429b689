/** What Craigslist's posting wizard offers, in the words it prints, with the values its forms send. */

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export const areas: readonly (Choice & { code: string; host: string })[] = [
  { value: "1", label: "san francisco bay area", code: "sfo", host: "sfbay" },
  { value: "2", label: "seattle-tacoma", code: "sea", host: "seattle" },
  { value: "9", label: "portland", code: "pdx", host: "portland" },
  { value: "12", label: "sacramento", code: "sac", host: "sacramento" },
];

/** Sub-areas of the bay area; `code` is the path part of a posting's address. */
export const subareas: readonly (Choice & { code: string })[] = [
  { value: "1", label: "city of san francisco", code: "sfc" },
  { value: "2", label: "south bay area", code: "sby" },
  { value: "3", label: "east bay area", code: "eby" },
  { value: "4", label: "peninsula", code: "pen" },
  { value: "5", label: "north bay / marin", code: "nby" },
  { value: "6", label: "santa cruz co", code: "scz" },
];

/** Neighbourhoods are asked for the city itself only. */
export const hoods: readonly Choice[] = [
  { value: "3", label: "castro / upper market" },
  { value: "6", label: "downtown / civic / van ness" },
  { value: "10", label: "haight ashbury" },
  { value: "18", label: "mission district" },
  { value: "20", label: "nob hill" },
  { value: "23", label: "potrero hill" },
  { value: "25", label: "richmond / seacliff" },
  { value: "28", label: "SOMA / south beach" },
  { value: "29", label: "sunset / parkside" },
];

export const types: readonly Choice[] = [
  { value: "jo", label: "job offered" },
  { value: "go", label: "gig offered" },
  { value: "ho", label: "housing offered" },
  { value: "fso", label: "for sale by owner" },
  { value: "fsd", label: "for sale by dealer" },
  { value: "iwo", label: "wanted by owner" },
  { value: "so", label: "service offered" },
  { value: "c", label: "community" },
];

export const categories: readonly (Choice & { code: string })[] = [
  { value: "150", label: "antiques - by owner", code: "atq" },
  { value: "149", label: "appliances - by owner", code: "app" },
  { value: "135", label: "arts & crafts - by owner", code: "art" },
  { value: "122", label: "auto parts - by owner", code: "pts" },
  { value: "107", label: "baby & kid stuff - by owner", code: "bab" },
  { value: "68", label: "bicycles - by owner", code: "bik" },
  { value: "92", label: "books & magazines - by owner", code: "bks" },
  { value: "153", label: "cell phones - by owner", code: "mob" },
  { value: "94", label: "clothing & accessories - by owner", code: "clo" },
  { value: "95", label: "collectibles - by owner", code: "clt" },
  { value: "7", label: "computers - by owner", code: "sys" },
  { value: "96", label: "electronics - by owner", code: "ele" },
  { value: "133", label: "farm & garden - by owner", code: "grd" },
  { value: "101", label: "free stuff", code: "zip" },
  { value: "141", label: "furniture - by owner", code: "fuo" },
  { value: "73", label: "garage & moving sales", code: "gms" },
  { value: "5", label: "general for sale - by owner", code: "for" },
  { value: "152", label: "health and beauty - by owner", code: "hab" },
  { value: "97", label: "household items - by owner", code: "hsh" },
  { value: "120", label: "jewelry - by owner", code: "jwl" },
  { value: "136", label: "materials - by owner", code: "mat" },
  { value: "98", label: "musical instruments - by owner", code: "msg" },
  { value: "137", label: "photo+video - by owner", code: "pho" },
  { value: "93", label: "sporting goods - by owner", code: "spo" },
  { value: "138", label: "tools - by owner", code: "tls" },
  { value: "132", label: "toys & games - by owner", code: "tag" },
  { value: "151", label: "video gaming - by owner", code: "vgm" },
];

export const conditions: readonly Choice[] = [
  { value: "10", label: "new" },
  { value: "20", label: "like new" },
  { value: "30", label: "excellent" },
  { value: "40", label: "good" },
  { value: "50", label: "fair" },
  { value: "60", label: "salvage" },
];

export const languages: readonly Choice[] = [
  { value: "5", label: "english" },
  { value: "8", label: "español" },
  { value: "9", label: "français" },
  { value: "1", label: "deutsch" },
  { value: "12", label: "italiano" },
];

export const limits = { title: 70, body: 8000, photos: 24 } as const;
