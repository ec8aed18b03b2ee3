/** For the buttons of a form: pressing one leaves the focus in the field, so that no word of error appears and moves the button away from under the mouse. */
import type { MouseEvent } from "react";

export const keepFocus = { onMouseDown: (event: MouseEvent) => event.preventDefault() };
