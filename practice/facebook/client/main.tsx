/** Facebook's page script: one app that routes by the address bar. */
import "./style.css";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { pageConfig, pageMutation } from "../../page/config.ts";
import { CreateItem, type AppData } from "./create-item.tsx";
import { ItemPage } from "./item-page.tsx";
import { Dialog, Press } from "./parts.tsx";
import { navigate, useAddress } from "./router.ts";
import { Selling } from "./selling.tsx";

function TopBar() {
  const { user } = pageConfig();
  return (
    <div role="banner" className="bar">
      <a href="/" aria-label="Facebook" className="mark">
        P
      </a>
      <div className="bar-search">Search Facebook</div>
      {user ? (
        <a href="/me/" aria-label="Your profile" className="profile">
          <span>{user.handle}</span>
        </a>
      ) : (
        <a href="/login/" className="profile">
          Log in
        </a>
      )}
    </div>
  );
}

const Sidebar = () => (
  <div role="navigation" aria-label="Marketplace sidebar" className="side">
    <h2>Marketplace</h2>
    <a href="/marketplace/" className="side-link">
      Browse all
    </a>
    <a href="/marketplace/you/selling" className="side-link">
      Your listings
    </a>
    <a href="/marketplace/create/" aria-label="Create new listing" className="press press-soft">
      + Create new listing
    </a>
  </div>
);

const Chooser = () => (
  <section className="selling">
    <h1>Choose listing type</h1>
    <div className="chooser">
      <a
        href="/marketplace/create/item/"
        className="chooser-card"
        onClick={(event) => {
          event.preventDefault();
          navigate("/marketplace/create/item/");
        }}
      >
        <b>Item for sale</b>
        <span className="help">Create a single listing for one or more items to sell.</span>
      </a>
      <a href="/marketplace/create/vehicle/" className="chooser-card">
        <b>Vehicle for sale</b>
        <span className="help">Sell a car, van or other type of vehicle.</span>
      </a>
    </div>
  </section>
);

function Overlays() {
  const { data } = pageConfig<AppData>();
  const [welcome, setWelcome] = useState(data.welcome);
  const [cookies, setCookies] = useState(data.cookieBanner);
  return (
    <>
      {/* Always there: a second dialog on the page, as the chat previews are. */}
      <div role="dialog" aria-label="Chats" className="chats">
        <span>Chats</span>
      </div>
      {welcome ? (
        <Dialog label="Welcome to Marketplace" onClose={() => setWelcome(false)}>
          <p>Buy and sell with people near you.</p>
          <Press label="Get started" kind="primary" onPress={() => setWelcome(false)} />
        </Dialog>
      ) : null}
      {cookies ? (
        <Dialog label="Allow the use of cookies from Facebook on this browser?">
          <p>We use cookies to provide and improve content.</p>
          <Press label="Allow all cookies" kind="primary" onPress={() => setCookies(false)} />
          <Press label="Decline optional cookies" onPress={() => setCookies(false)} />
        </Dialog>
      ) : null}
    </>
  );
}

function Body() {
  const { pathname } = useAddress();
  if (/^\/marketplace\/(create\/item|edit)\/?$/.test(pathname)) return <CreateItem key={pathname} />;
  if (/^\/marketplace\/create\/?$/.test(pathname)) return <Chooser />;
  if (pathname.startsWith("/marketplace/item/")) return <ItemPage />;
  if (pathname.startsWith("/marketplace/you/selling")) {
    return (
      <div className="columns">
        <Sidebar />
        <Selling />
      </div>
    );
  }
  return (
    <div className="columns">
      <Sidebar />
      <section className="selling">
        <h1>{pathname === "/" ? "Home" : "Today's picks"}</h1>
        <p className="help">Nothing new near you.</p>
      </section>
    </div>
  );
}

const root = document.querySelector(`.${pageMutation().className("mount")}`);
if (!root) throw new Error("the page has no root element");
createRoot(root).render(
  <>
    <TopBar />
    <Body />
    {pageConfig().user ? <Overlays /> : null}
  </>,
);
