/** Mercari's page script: which page this is comes from the server. */
import "./style.css";
import { createRoot } from "react-dom/client";
import { pageConfig, pageMutation } from "../../page/config.ts";
import type { Card } from "../listing.ts";
import { Header } from "./header.tsx";
import { ItemPage } from "./item-page.tsx";
import { MyListings } from "./my-listings.tsx";
import { CaptchaChallenge } from "./overlays.tsx";
import { SellPage } from "./sell-form.tsx";

const Message = ({ title, text }: { title: string; text: string }) => (
  <>
    <Header />
    <main className="message">
      <h1>{title}</h1>
      <p>{text}</p>
    </main>
  </>
);

function Confirmation() {
  const { data } = pageConfig<Card>();
  return (
    <>
      <Header />
      <main className="message">
        <h1>Your listing is live.</h1>
        <p>{data.title}</p>
        <p>
          <a href={`/us/item/${data.id}/`}>View listing</a> · <a href="/sell/">List another item</a> ·{" "}
          <a href="/mypage/listings/active/">My listings</a>
        </p>
      </main>
    </>
  );
}

const MyPage = () => (
  <>
    <Header />
    <main className="message">
      <h1>Hello, {pageConfig().user?.handle}</h1>
      <p>
        <a href="/mypage/listings/active/">My listings</a> · <a href="/sell/">Sell an item</a> ·{" "}
        <a href="/logout/">Log out</a>
      </p>
    </main>
  </>
);

function LoggedIn() {
  const { data } = pageConfig<{ storage: Record<string, string>; next: string }>();
  for (const [name, value] of Object.entries(data.storage)) localStorage.setItem(name, value);
  location.replace(data.next);
  return <p className="message">Logging in…</p>;
}

function Page() {
  switch (pageConfig().page) {
    case "sell":
      return <SellPage />;
    case "confirmation":
      return <Confirmation />;
    case "mypage":
      return <MyPage />;
    case "listings":
      return <MyListings />;
    case "item":
      return <ItemPage />;
    case "logged-in":
      return <LoggedIn />;
    case "captcha":
      return <CaptchaChallenge />;
    case "verify":
      return (
        <Message title="We need to verify it's you" text="Enter the code we sent to your phone to go on." />
      );
    case "blocked":
      return (
        <Message
          title="Account restricted"
          text="We noticed unusual activity on your account. Selling is switched off while we take a look."
        />
      );
    case "not-found":
      return <Message title="Item unavailable" text="This item is no longer available." />;
    default:
      return <Message title="The marketplace for everything" text="Buy and sell anything, from anywhere." />;
  }
}

/** The site's tracker writes down on every page who is signed in, under a key of this browser's own. */
function rememberUser(): void {
  const { user } = pageConfig();
  const prefix = "ab.storage.userId.";
  const key = Object.keys(localStorage).find((each) => each.startsWith(prefix));
  if (user) {
    const value = { g: user.userId, c: Date.now(), l: Date.now() };
    localStorage.setItem(key ?? prefix + crypto.randomUUID(), JSON.stringify(value));
  } else if (key) localStorage.removeItem(key);
}
rememberUser();

const root = document.getElementById(pageMutation().id("__next"));
if (!root) throw new Error("the page has no root element");
createRoot(root).render(<Page />);
