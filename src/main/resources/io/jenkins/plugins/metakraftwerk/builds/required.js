// Without what the browser of Jenkins' test harness does not know: classes, async functions, spread.
(function () {
  "use strict";

  const LARGEST = "9223372036854775807";

  /** What Jenkins would take for the id of a build. */
  function isId(text) {
    const digits = text.trim().replace(/^0+/, "");
    const longer = digits.length - LARGEST.length;
    return (
      /^[0-9]+$/.test(digits) &&
      (longer < 0 || (longer === 0 && digits <= LARGEST))
    );
  }

  /** Says at the field that it has no id; an empty one is no mistake before the form is sent. */
  function judge(box, sending) {
    const input = box.querySelector("input");
    const empty = input.value.trim() === "";
    const right = isId(input.value);
    box.querySelector(".metakraftwerk-list__wrong").textContent =
      right || (empty && !sending)
        ? ""
        : empty
          ? box.dataset.required
          : box.dataset.wrong;
    if (right || !sending) {
      input.removeAttribute("aria-invalid");
    } else {
      input.setAttribute("aria-invalid", "true");
    }
    return right;
  }

  const FIELD = ".metakraftwerk-list[data-required]";

  /** Jenkins answers what it refuses with a page without the form, and all that was typed is gone. */
  function hold(event) {
    if (event.submitter && event.submitter.name === "abort") {
      return;
    }
    const wrong = Array.from(event.target.querySelectorAll(FIELD)).filter(
      (box) => !judge(box, true),
    );
    if (wrong.length > 0) {
      event.preventDefault();
      event.stopImmediatePropagation();
      wrong[0].querySelector("input").focus();
    }
  }

  let number = 0;

  // After the list, which makes the field what it is.
  Behaviour.specify(FIELD, "metakraftwerk-required", 10, function (box) {
    const input = box.querySelector("input");
    if (!input || box.dataset.held) {
      return;
    }
    box.dataset.held = "true";
    const complaint = document.createElement("div");
    complaint.className = "metakraftwerk-list__wrong metakraftwerk-text--marked error";
    complaint.id = "metakraftwerk-wrong-" + number++;
    complaint.setAttribute("role", "alert");
    input.insertAdjacentElement("afterend", complaint);
    input.setAttribute("aria-required", "true");
    input.setAttribute(
      "aria-describedby",
      complaint.id + " " + input.getAttribute("aria-describedby"),
    );
    box.addEventListener("judge", () => judge(box, false));
    const form = input.closest("form");
    if (form && !form.dataset.metakraftwerkHeld) {
      form.dataset.metakraftwerkHeld = "true";
      form.addEventListener("submit", hold, true);
    }
  });
})();
