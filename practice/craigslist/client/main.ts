/** The little script Craigslist's pages have: menus over selects, disabled address fields, the uploader, delete. */
import "./style.css";
import $ from "./jquery-global.ts";
import "jquery-ui/dist/jquery-ui.js";
import "jquery-ui/dist/themes/base/jquery-ui.css";
import { pageConfig, pageMutation } from "../../page/config.ts";

const mutation = pageMutation();
const byName = (name: string) => $(`[name="${mutation.name(name)}"]`);
const byClass = (name: string) => $(`.${mutation.className(name)}`);

function dressSelects(): void {
  for (const name of ["condition", "language"]) {
    const select = byName(name);
    if (!select.length) continue;
    select.selectmenu({ width: 220 });
    select.on("change", () => void select.selectmenu("refresh"));
  }
}

/** Text fields that are of no use until their box is ticked. */
function tieFields(box: string, fields: readonly string[]): void {
  byName(box).on("change", function () {
    const off = !(this as HTMLInputElement).checked;
    for (const field of fields) byName(field).prop("disabled", off);
  });
}

const countText = (count: number) => `Your posting has ${count} image${count === 1 ? "" : "s"}.`;

function wireUploader(): void {
  const input = $('input[type="file"]');
  const count = byClass("imgcount");
  const images = byClass("images");
  const done = $(`#${mutation.id("doneWithImages")}`);
  const crypted = byName("cryptedStepCheck").val();

  const send = (file: File, box: JQuery): Promise<string[]> =>
    new Promise((resolve, reject) => {
      const data = new FormData();
      data.append(mutation.name("cryptedStepCheck"), String(crypted));
      data.append("file", file, file.name);
      const request = new XMLHttpRequest();
      request.open("POST", location.href);
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => {
        box.find("progress").attr({ value: event.loaded, max: event.total });
      });
      request.addEventListener("load", () => {
        const answer = request.response as { images?: string[]; error?: string } | null;
        if (answer?.images) resolve(answer.images);
        else reject(new Error(answer?.error ?? "the upload failed"));
      });
      request.addEventListener("error", () => reject(new Error("the upload failed")));
      request.send(data);
    });

  // One after another, in the order chosen: that is the order of the posting.
  let queue = Promise.resolve();
  const upload = async (file: File) => {
    const box = $("<figure>").addClass(mutation.className("imgbox")).append($("<progress>")).appendTo(images);
    try {
      const all = await send(file, box);
      box
        .empty()
        .append($("<img>").attr({ alt: `image ${all.length}`, src: `/images/${all.at(-1)}_200.jpg` }));
    } catch (error) {
      box.remove();
      byClass("uploaderr").text(String((error as Error).message));
    }
  };
  input.on("change", function () {
    const element = this as HTMLInputElement;
    const files = [...(element.files ?? [])];
    element.value = "";
    byClass("uploaderr").text("");
    count.text("uploading ...");
    done.prop("disabled", true);
    for (const file of files) queue = queue.then(() => upload(file));
    void queue.then(() => {
      done.prop("disabled", false);
      count.text(countText(images.find("img").length));
    });
  });
}

function wireDelete(): void {
  $(document).on("submit", "form[data-posting-id]", function (event) {
    event.preventDefault();
    const form = this as HTMLFormElement;
    void $.ajax({ url: form.action, method: "POST", data: $(form).serialize() }).then(() => {
      const row = $(form).closest("tr");
      row
        .find("td")
        .first()
        .text("Deleted")
        .removeClass(mutation.className("active"))
        .addClass(mutation.className("deleted"));
      $(form).closest("td").empty();
      const modal = $("<div>")
        .attr("role", "dialog")
        .addClass(mutation.className("rating"))
        .text("how was your experience selling this? ");
      $("<button>")
        .attr("type", "button")
        .text("skip")
        .on("click", () => modal.remove())
        .appendTo(modal);
      modal.appendTo(document.body);
    });
  });
}

switch (pageConfig().page) {
  case "edit":
    dressSelects();
    tieFields("show_address_ok", ["xstreet0", "xstreet1", "city"]);
    tieFields("show_phone_ok", ["contact_phone", "contact_name"]);
    break;
  case "editimage":
    wireUploader();
    break;
  case "account":
    wireDelete();
    break;
}
