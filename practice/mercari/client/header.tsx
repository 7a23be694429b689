import { pageConfig } from "../../page/config.ts";

export function Header() {
  const { user } = pageConfig();
  return (
    <header className="top">
      <a className="logo" href="/">
        mercari
      </a>
      <div className="search">Search for anything</div>
      {user ? (
        <nav className="account" aria-label="Account">
          <a href="/mypage/" aria-label={`My page of ${user.handle}`}>
            {user.handle}
          </a>
          <a className="sell-link" href="/sell/">
            Sell
          </a>
        </nav>
      ) : (
        <nav className="account" aria-label="Account">
          <a href="/login/">Log in</a>
        </nav>
      )}
    </header>
  );
}
