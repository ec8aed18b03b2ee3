/** What is read out while a member is moved with the keys. */
import type { DndContextProps } from "@dnd-kit/core";

type Place = { name: string; place: number };

export const moveWords = (placeOf: (id: string | number) => Place, count: number): NonNullable<DndContextProps["accessibility"]> => ({
  screenReaderInstructions: {
    draggable:
      "To move it, press Space, then the arrow keys up and down, and Space again where it should stand. Escape leaves it where it was.",
  },
  announcements: {
    onDragStart: ({ active }) => `${placeOf(active.id).name} is picked up, at ${placeOf(active.id).place} of ${count}.`,
    onDragOver: ({ active, over }) =>
      over === null ? undefined : `${placeOf(active.id).name} would be ${placeOf(over.id).place} of ${count}.`,
    onDragEnd: ({ active, over }) =>
      over === null
        ? `${placeOf(active.id).name} stays where it was.`
        : `${placeOf(active.id).name} is now ${placeOf(over.id).place} of ${count}.`,
    onDragCancel: ({ active }) => `${placeOf(active.id).name} stays where it was.`,
  },
});
