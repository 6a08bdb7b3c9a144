// Applies a typed date on Enter or Tab; Streamlit applies it only when its calendar closes, as after a press elsewhere.
export default function () {
  window.typedDates ??= document.addEventListener("keydown", take, true) ?? true;
}

function take({ key, target }) {
  if (!["Enter", "Tab"].includes(key) || !target.matches("[data-testid=stDateInputField] [role=spinbutton]")) return;
  if (!document.querySelector("[data-testid=stDateInputCalendar]")) { // closed by an earlier Enter; focusing the field reopens it
    target.blur();
    target.focus();
  }
  document.body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
}
