/**
 * The picture on white paper, at most `edge` pixels long.
 * @param turns quarter turns clockwise.
 */
export const onPaper = (bitmap: ImageBitmap, edge: number, turns = 0): OffscreenCanvas => {
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  ];
  const sideways = turns % 2 !== 0;
  const canvas = new OffscreenCanvas(sideways ? height : width, sideways ? width : height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser could not draw the picture. Close some tabs and try again.");
  context.fillStyle = "#fff"; // JPEG has no alpha: transparent becomes paper, not black
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((turns * Math.PI) / 2);
  context.drawImage(bitmap, -width / 2, -height / 2, width, height);
  return canvas;
};
