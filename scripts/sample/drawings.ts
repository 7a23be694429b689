/**
 * What the sample photos show: each item of the sample inventory as a small studio picture, drawn so that nothing has to
 * be fetched and no one's photograph is used. Coordinates are 1000 x 750; things stand on y = 610.
 */

const round = (cx: number, cy: number, r: number, fill: string, more = "") =>
  `<circle cx="${cx}" cy="${cy}" r="${r}" fill="${fill}" ${more}/>`;
const box = (x: number, y: number, w: number, h: number, r: number, fill: string, more = "") =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" fill="${fill}" ${more}/>`;
const shape = (d: string, fill: string, more = "") => `<path d="${d}" fill="${fill}" ${more}/>`;
const line = (d: string, stroke: string, width: number, more = "") =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;
const fade = (id: string, from: string, to: string, across = false) =>
  `<linearGradient id="${id}" x2="${across ? 1 : 0}" y2="${across ? 0 : 1}"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`;
const shadow = (rx: number, cy = 612) =>
  `<ellipse cx="500" cy="${cy}" rx="${rx}" ry="${rx * 0.11}" fill="url(#shade)"/>`;
const many = (n: number, draw: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => draw(i)).join("");
const stitch = (d: string) => line(d, "#d99a4e", 3, 'stroke-dasharray="9 7"');

const jacket = () =>
  fade("denim", "#3c5a86", "#243a5e") +
  fade("sleeve", "#35517b", "#1f3354") +
  shape("M330 190L205 265L150 560L235 585L300 400Z", "url(#sleeve)") +
  shape("M670 190L795 265L850 560L765 585L700 400Z", "url(#sleeve)") +
  shape("M330 185Q420 150 500 172Q580 150 670 185L705 620Q500 645 295 620Z", "url(#denim)") +
  shape("M405 158Q500 205 595 158L570 262L500 205L430 262Z", "#1d3152") +
  shape("M405 158L368 182L420 282L500 205Z", "#46669a") +
  shape("M595 158L632 182L580 282L500 205Z", "#46669a") +
  line("M500 205V632", "#1b2c49", 5) +
  stitch("M514 230V628") + stitch("M318 330H488") + stitch("M512 330H682") +
  stitch("M345 330L390 600") + stitch("M655 330L610 600") +
  box(352, 300, 108, 26, 4, "#35517b", 'stroke="#d99a4e" stroke-width="2.5"') +
  box(540, 300, 108, 26, 4, "#35517b", 'stroke="#d99a4e" stroke-width="2.5"') +
  many(5, (i) => round(500, 258 + i * 82, 9, "#c58a55", 'stroke="#6b4526" stroke-width="2"')) +
  stitch("M300 588Q500 612 700 588"); // oxfmt-ignore

const camera = () =>
  fade("chrome", "#f1f3f4", "#a9aeb3") + fade("skin", "#34363a", "#1b1c1f") +
  shadow(330) +
  box(215, 300, 570, 300, 26, "url(#chrome)") + box(215, 375, 570, 165, 0, "url(#skin)") +
  many(27, (i) => line(`M${222 + i * 21} 378V537`, "#000", 2, 'opacity=".22"')) +
  shape("M405 300L440 225H560L595 300Z", "url(#chrome)") + box(455, 245, 90, 22, 5, "#5d6267") +
  box(255, 268, 92, 34, 7, "#8c9196") + box(640, 262, 78, 40, 7, "#8c9196") + round(742, 288, 16, "#6d7277") +
  round(500, 450, 146, "#101113") + round(500, 450, 128, "#2b2d31") + round(500, 450, 104, "#0d0e10") +
  round(500, 450, 78, "#1e2a44") + round(500, 450, 54, "#2f4a78") + round(500, 450, 26, "#0b1020") +
  `<ellipse cx="466" cy="412" rx="24" ry="13" fill="#dfe9ff" opacity=".75" transform="rotate(-38 466 412)"/>` +
  many(24, (i) => `<rect x="497" y="310" width="6" height="14" fill="#55595f" transform="rotate(${i * 15} 500 450)"/>`) +
  box(240, 398, 56, 14, 4, "#d8dadd") + round(742, 430, 8, "#c2342b"); // oxfmt-ignore

const chair = () =>
  fade("oak", "#d29a5c", "#a66f37") + fade("oak2", "#bd8446", "#87562a") +
  shadow(260, 640) +
  shape("M360 110L385 110L378 640H350Z", "url(#oak2)") + shape("M615 110H640L650 640H622Z", "url(#oak2)") +
  box(352, 118, 296, 52, 16, "url(#oak)") + box(360, 210, 280, 34, 10, "url(#oak)") + box(360, 282, 280, 34, 10, "url(#oak)") +
  shape("M322 400H678L712 462H288Z", "url(#oak)") + box(288, 462, 424, 26, 8, "#95622f") +
  line("M345 420H655M330 442H670", "#b98247", 3, 'opacity=".7"') +
  shape("M304 488H336L322 668H298Z", "url(#oak)") + shape("M664 488H696L702 668H678Z", "url(#oak)") +
  box(318, 560, 364, 18, 6, "#8f5d2c"); // oxfmt-ignore

const dress = () =>
  fade("silk", "#2f8f63", "#14583a") +
  line("M500 92V70Q500 52 518 56", "#8b8f94", 6) + line("M392 138L500 92L608 138", "#8b8f94", 8) +
  shape("M392 138L330 190L300 330L352 345L398 250Z", "#1c6b48") + shape("M608 138L670 190L700 330L648 345L602 250Z", "#1c6b48") +
  shape("M392 138L442 132L500 268L558 132L608 138L618 330L720 650Q500 700 280 650L382 330Z", "url(#silk)") +
  shape("M500 268L558 132L582 134L470 352L396 352Z", "#3aa574", 'opacity=".75"') +
  shape("M384 330H616L620 368H380Z", "#0f4a30") + shape("M592 350L660 470L632 476L580 362Z", "#0f4a30") +
  line("M470 370L430 660M520 370L540 672M420 370L340 650M585 370L655 655", "#0f4a30", 4, 'opacity=".45"') +
  many(44, (i) => {
    const y = 400 + Math.floor(i / 7) * 40;
    const x = 500 + ((i % 7) - 3) * (30 + (y - 400) * 0.1) + (Math.floor(i / 7) % 2) * 14;
    return `<ellipse cx="${x}" cy="${y}" rx="11" ry="5" fill="#a9e0bd" opacity=".8" transform="rotate(${(i * 53) % 180} ${x} ${y})"/>`;
  }); // oxfmt-ignore

const headphones = () =>
  fade("shell", "#3b3d42", "#17181a") +
  shadow(270) +
  line("M300 420Q290 140 500 138Q710 140 700 420", "#1b1c1f", 44) + line("M318 330Q325 160 500 158Q675 160 682 330", "#54575d", 10) +
  box(348, 352, 62, 228, 30, "#111214") + box(590, 352, 62, 228, 30, "#111214") +
  box(258, 345, 118, 245, 56, "url(#shell)") + box(624, 345, 118, 245, 56, "url(#shell)") +
  line("M285 400Q272 465 285 535", "#6c7077", 6) + line("M715 400Q728 465 715 535", "#6c7077", 6) +
  round(318, 560, 6, "#e0a878") + box(296, 300, 44, 60, 10, "#2a2c30") + box(660, 300, 44, 60, 10, "#2a2c30"); // oxfmt-ignore

const pot = () =>
  fade("enamel", "#f5813a", "#b93d12") + fade("lid", "#ff9a52", "#d9551c") +
  shadow(330) +
  box(178, 372, 110, 46, 22, "#c9481a") + box(712, 372, 110, 46, 22, "#c9481a") +
  shape("M240 340H760L735 560Q728 612 670 612H330Q272 612 265 560Z", "url(#enamel)") +
  shape("M222 340Q240 232 500 226Q760 232 778 340Z", "url(#lid)") + box(214, 332, 572, 26, 13, "#cf4f1c") +
  box(468, 200, 64, 32, 8, "#8c8f93") + `<ellipse cx="500" cy="196" rx="52" ry="20" fill="#33363a"/>` +
  line("M300 300Q360 252 460 246", "#ffd0a8", 9, 'opacity=".8"') + line("M300 400Q306 500 322 560", "#ffb98a", 9, 'opacity=".5"'); // oxfmt-ignore

const shoe = () =>
  fade("knit", "#a9b0b8", "#6c747d") +
  shadow(370) +
  shape("M175 545Q160 590 215 604H790Q850 604 846 556L838 528H178Z", "#f2f3f5") +
  shape("M178 545Q500 585 845 552L846 570Q500 604 176 566Z", "#3fa7d6") +
  shape("M182 530Q176 400 236 318Q262 296 300 306Q330 372 408 364L470 322Q560 420 690 446Q830 462 840 536Q500 572 182 530Z", "url(#knit)") +
  shape("M236 318Q262 296 300 306Q330 372 408 364L394 398Q300 412 232 344Z", "#4b535c") +
  shape("M182 530Q176 460 206 392Q260 430 270 538Z", "#58616a") + shape("M690 446Q830 462 840 536L730 548Q700 490 690 446Z", "#58616a") +
  line("M330 540Q380 430 520 402M390 546Q440 456 570 434", "#3fa7d6", 15) +
  many(5, (i) => line(`M${432 + i * 40} ${346 + i * 24}L${402 + i * 40} ${402 + i * 22}`, "#fafafa", 10)) +
  many(14, (i) => box(215 + i * 44, 592, 26, 14, 4, "#30363d")); // oxfmt-ignore

const book = () =>
  fade("sky", "#f6b765", "#b9461f") +
  shadow(250, 650) +
  shape("M318 130L700 112L716 628L332 652Z", "#efe6d3") + many(7, (i) => line(`M${702 + i * 2} ${120 + i * 2}L${715 + i} 626`, "#cbbfa5", 1.5)) +
  shape("M296 122L672 102L690 622L312 648Z", "url(#sky)") + shape("M296 122L326 120L342 646L312 648Z", "#7a2b12") +
  round(540, 268, 62, "#ffe6b0") +
  shape("M337 480Q430 410 520 452Q610 492 685 430L690 622L342 646Z", "#8f3a16") + shape("M339 556Q450 486 560 540Q630 566 687 530L690 622L342 646Z", "#5f230d") +
  box(392, 168, 230, 16, 4, "#fff3dc", 'transform="rotate(-3 500 176)"') + box(430, 204, 154, 9, 4, "#fff3dc", 'transform="rotate(-3 500 206)" opacity=".8"'); // oxfmt-ignore

const spaceship = () =>
  fade("plate", "#c9ccd0", "#8d9297") +
  `<ellipse cx="500" cy="420" rx="330" ry="250" fill="url(#shade)"/>` +
  shape("M338 280L420 84L474 92L490 300Z", "#b4b8bd") + shape("M662 280L580 84L526 92L510 300Z", "#b4b8bd") +
  line("M440 110L410 220M560 110L590 220", "#7d8288", 8) +
  round(500, 402, 214, "url(#plate)") + round(500, 402, 214, "none", 'stroke="#777c82" stroke-width="6"') +
  many(24, (i) => line(`M500 402L${500 + 208 * Math.cos((i * Math.PI) / 12)} ${402 + 208 * Math.sin((i * Math.PI) / 12)}`, "#858a90", 3)) +
  round(500, 402, 118, "#b9bdc2") + round(500, 402, 62, "#9a9fa5") + round(500, 402, 30, "#6e7379") +
  many(5, (k) => many(16 + k * 6, (i) => {
    const a = (i * 2 * Math.PI) / (16 + k * 6);
    return round(500 + (88 + k * 26) * Math.cos(a), 402 + (88 + k * 26) * Math.sin(a), 5, "#dfe1e4", 'stroke="#7d8288" stroke-width="1.5"');
  })) +
  shape("M690 330L800 270L826 312L716 380Z", "#aeb2b7") + round(814, 288, 34, "#94999f") + round(820, 284, 18, "#2c3a55") +
  box(330, 470, 62, 20, 3, "#a33a2c") + box(608, 486, 50, 18, 3, "#a33a2c") + round(604, 292, 36, "#a4a9af", 'stroke="#7d8288" stroke-width="4"') +
  shape("M330 560Q500 640 670 560L660 590Q500 664 340 590Z", "#6fb9ef"); // oxfmt-ignore

const tote = () =>
  fade("canvas", "#f7f0e0", "#dccfb2") +
  shadow(250, 664) +
  line("M400 270Q398 82 500 80Q602 82 600 270", "#d7c9a9", 22) + line("M420 270Q420 116 500 114Q580 116 580 270", "#c2b18b", 14) +
  shape("M290 250H710L736 660Q500 684 264 660Z", "url(#canvas)") + line("M288 282H712", "#c9ba97", 4) +
  many(3, (i) => {
    const x = 390 + i * 112;
    const y = 470 + (i % 2) * 42;
    return shape(`M${x} ${y - 82}Q${x + 26} ${y - 60} ${x + 30} ${y - 20}Q${x + 62} ${y + 60} ${x} ${y + 66}Q${x - 62} ${y + 60} ${x - 30} ${y - 20}Q${x - 26} ${y - 60} ${x} ${y - 82}Z`, ["#7fae3f", "#e2b53a", "#c8552f"][i] ?? "#7fae3f") +
      line(`M${x} ${y - 82}Q${x + 4} ${y - 104} ${x + 16} ${y - 112}`, "#5b3b1e", 7) +
      shape(`M${x + 6} ${y - 98}Q${x + 40} ${y - 122} ${x + 54} ${y - 92}Q${x + 26} ${y - 80} ${x + 6} ${y - 98}Z`, "#3f7a35");
  }) +
  line("M340 350L330 620M660 350L672 620", "#c9ba97", 3, 'opacity=".6"'); // oxfmt-ignore

const guitar = () =>
  `<radialGradient id="spruce" cy=".6"><stop stop-color="#f3cf8e"/><stop offset="1" stop-color="#c98a3f"/></radialGradient>` +
  `<g transform="rotate(34 500 400) translate(0 40)">` +
  shape("M500 250C590 236 640 300 606 372C588 412 662 452 662 530C662 620 590 656 500 656C410 656 338 620 338 530C338 452 412 412 394 372C360 300 410 236 500 250Z", "#7b4520") +
  shape("M500 262C580 250 624 304 594 370C574 418 648 458 648 530C648 610 580 642 500 642C420 642 352 610 352 530C352 458 426 418 406 370C376 304 420 250 500 262Z", "url(#spruce)") +
  round(500, 408, 62, "#5b3216") + round(500, 408, 50, "#1d120a") + shape("M556 430Q640 450 626 520Q570 520 540 452Z", "#3a2012") +
  box(476, -70, 48, 430, 6, "#3a2416") + box(464, -150, 72, 88, 12, "#5b3216") +
  many(13, (i) => line(`M478 ${-50 + i * 30}H522`, "#d8cdb4", 3)) +
  box(436, 544, 128, 22, 8, "#3a2012") + many(6, (i) => line(`M${484 + i * 6.4} -66V550`, "#f6f3ea", 1.6)) +
  many(3, (i) => round(456, -134 + i * 26, 8, "#c9c9c9") + round(544, -134 + i * 26, 8, "#c9c9c9")) + `</g>`; // oxfmt-ignore

const laptop = () =>
  fade("display", "#24344f", "#0d1626") + fade("deck", "#3a3d42", "#212327") +
  shadow(410, 622) +
  box(250, 140, 500, 336, 18, "#1a1b1e") + box(268, 158, 464, 296, 6, "url(#display)") +
  shape("M268 454L480 158H620L408 454Z", "#fff", 'opacity=".06"') +
  box(300, 196, 190, 14, 7, "#8fb0ff") + many(5, (i) => box(300, 236 + i * 30, 300 - ((i * 67) % 130), 9, 4, "#5b6d8f")) + box(300, 398, 110, 28, 6, "#3f6ae0") +
  shape("M250 476H750L836 586Q838 606 812 606H188Q162 606 164 586Z", "url(#deck)") +
  many(4, (r) => many(13, (i) => box(268 - r * 15 + i * (36 + r * 2.3), 488 + r * 17, 29 + r * 2, 12, 3, "#101113"))) +
  box(430, 560, 140, 32, 5, "#2b2d31", 'stroke="#4a4d52" stroke-width="2"') + round(500, 514, 7, "#d0322b") +
  box(164, 592, 672, 16, 8, "#17181a"); // oxfmt-ignore

/** In the order of SAMPLE_ITEMS, each with its wall and floor. */
const SCENES: readonly [draw: () => string, wall: string, floor: string][] = [
  [jacket, "#e9e4da", "#dcd5c8"],
  [camera, "#dfe5e3", "#b9a98f"],
  [chair, "#e6e9ec", "#cfc8bd"],
  [dress, "#f3e9e4", "#e7d8cf"],
  [headphones, "#e4e6ea", "#c8ccd2"],
  [pot, "#e8efe9", "#cbb695"],
  [shoe, "#e7edf2", "#ccd3d9"],
  [book, "#ebe5dc", "#b99f7d"],
  [spaceship, "#dde3ea", "#c6ced8"],
  [tote, "#eef0ec", "#d9dcd3"],
  [guitar, "#e9e2d9", "#cfc2b1"],
  [laptop, "#e3e7ea", "#bfa88a"],
];

/** One view of an item: the first from the front, further ones nearer and turned a little. Inner SVG, 1000 x 750. */
export const scene = (item: number, photo: number, backdrop: boolean): string => {
  const [draw, wall, floor] = SCENES[(item - 1) % SCENES.length] ?? [laptop, "#eee", "#ccc"];
  const view =
    photo === 1
      ? ""
      : `translate(500 400) rotate(${photo * 3 - 10}) scale(${1 + photo * 0.13}) translate(-500 -390)`;
  return (
    `<defs><radialGradient id="shade"><stop stop-color="#000" stop-opacity=".34"/><stop offset="1" stop-color="#000" stop-opacity="0"/></radialGradient>` +
    `<radialGradient id="light" cx=".4" cy=".25" r=".9"><stop stop-color="#fff" stop-opacity=".55"/><stop offset="1" stop-color="#000" stop-opacity=".06"/></radialGradient></defs>` +
    (backdrop
      ? box(0, 0, 1000, 750, 0, wall) + shape("M0 520Q500 500 1000 520V750H0Z", floor) + box(0, 0, 1000, 750, 0, "url(#light)")
      : "") +
    `<g transform="${view}">${draw()}</g>`
  ); // oxfmt-ignore
};
