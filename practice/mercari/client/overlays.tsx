import { useState } from "react";

/** What may lie over the form on a first visit, and the challenge that may come at the end. */
export function Overlays({ welcome, cookieBanner }: { welcome: boolean; cookieBanner: boolean }) {
  const [welcomed, setWelcomed] = useState(!welcome);
  const [educated, setEducated] = useState(!welcome);
  const [consented, setConsented] = useState(!cookieBanner);
  return (
    <>
      {welcomed ? null : (
        <div className="overlay">
          <div className="dialog" role="dialog" aria-modal="true" aria-label="Why not earn some extra $$$?">
            <h2>Why not earn some extra $$$?</h2>
            <p>List what you no longer need. It takes two minutes.</p>
            <button type="button" className="primary" onClick={() => setWelcomed(true)}>
              Got it
            </button>
          </div>
        </div>
      )}
      {welcomed && !educated ? (
        <div className="toast-card">
          <p>Listing templates save you typing.</p>
          <button
            type="button"
            className="link"
            data-testid="ListingTemplatesEducationGotIt"
            onClick={() => setEducated(true)}
          >
            Got it
          </button>
        </div>
      ) : null}
      {consented ? null : (
        <div className="cookie-banner" data-testid="CookieConsentBanner" role="region" aria-label="Cookies">
          <p>We use cookies to make Mercari work and to measure how it is used.</p>
          <button type="button" className="primary" onClick={() => setConsented(true)}>
            Accept all
          </button>
          <button type="button" className="link" onClick={() => setConsented(true)}>
            Only necessary
          </button>
        </div>
      )}
    </>
  );
}

export const CaptchaChallenge = () => (
  <div className="overlay">
    <div className="captcha">
      <p>Please verify you are human</p>
      <iframe title="reCAPTCHA challenge" src="/recaptcha/challenge" width="400" height="480" />
    </div>
  </div>
);

/** Always there, never a challenge. */
export const CaptchaBadge = () => (
  <div className="badge">
    <iframe title="reCAPTCHA" src="/recaptcha/badge" width="256" height="60" />
    <textarea
      name="g-recaptcha-response"
      className="badge-response"
      readOnly
      tabIndex={-1}
      aria-hidden="true"
    />
  </div>
);
