(function () {
  "use strict";

  const GAP = 4;

  /** As long as it takes to get from a target to the tooltip, in milliseconds. */
  const PATIENCE = 200;

  function targetOf(event) {
    return event.target.closest
      ? event.target.closest(".metakraftwerk-overview__target")
      : null;
  }

  /** One element for all targets, which says of the one that is pointed at, or has the focus, all that is known. */
  function start(more) {
    let of = null;
    let leaving = null;

    function stay() {
      clearTimeout(leaving);
    }

    function close() {
      stay();
      of = null;
      more.hidden = true;
    }

    function leave() {
      stay();
      leaving = setTimeout(close, PATIENCE);
    }

    /** Below the target, or above it where there is no room. */
    function place(target) {
      const at = target.getBoundingClientRect();
      const left = Math.min(at.left, window.innerWidth - more.offsetWidth - GAP);
      const below = at.bottom + GAP;
      const fits = below + more.offsetHeight <= window.innerHeight;
      const top = fits ? below : at.top - GAP - more.offsetHeight;
      more.style.left = Math.max(GAP, left) + "px";
      more.style.top = Math.max(GAP, top) + "px";
    }

    function show(target) {
      stay();
      if (target !== of) {
        of = target;
        more.textContent =
          target.dataset.more +
          (target.dataset.there ? "\n" + target.dataset.there : "");
        more.hidden = false;
        more.scrollTop = 0;
        place(target);
      }
    }

    document.addEventListener("mouseover", (event) => {
      const target = targetOf(event);
      if (target) {
        show(target);
      } else if (more.contains(event.target)) {
        stay();
      } else if (of && of !== document.activeElement) {
        leave();
      }
    });
    document.addEventListener("focusin", (event) => {
      const target = targetOf(event);
      if (target) {
        show(target);
      } else {
        close();
      }
    });
    document.addEventListener("focusout", leave);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        close();
      }
    });
    // Whoever goes on with the keyboard makes the page scroll.
    window.addEventListener("scroll", () => of && place(of), { passive: true });
  }

  Behaviour.specify(
    ".metakraftwerk-more",
    "metakraftwerk-more",
    0,
    (more) => {
      if (!more.dataset.ready) {
        more.dataset.ready = "true";
        start(more);
      }
    },
  );
})();
