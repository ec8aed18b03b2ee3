/** What is read out while a member is moved with the keys. */
import type { DndContextProps } from "@dnd-kit/core";

type Id = string | number;
type Place = { name: string; place: number };

export const moveWords = (placeOf: (id: Id) => Place, count: number): NonNullable<DndContextProps["accessibility"]> => {
  const held = (id: Id) => `${placeOf(id).name} is picked up, at ${placeOf(id).place} of ${count}.`;
  const stays = (id: Id) => `${placeOf(id).name} stays where it was.`;
  return {
    screenReaderInstructions: {
      draggable:
        "To move it, press Space, then the arrow keys up and down, and Space again where it should stand. Escape leaves it where it was.",
    },
    announcements: {
      onDragStart: ({ active }) => held(active.id),
      // It is over its own place first.
      onDragOver: ({ active, over }) => {
        if (over === null) return undefined;
        return over.id === active.id ? held(active.id) : `${placeOf(active.id).name} would be ${placeOf(over.id).place} of ${count}.`;
      },
      onDragEnd: ({ active, over }) =>
        over === null || over.id === active.id
          ? stays(active.id)
          : `${placeOf(active.id).name} is now ${placeOf(over.id).place} of ${count}.`,
      onDragCancel: ({ active }) => stays(active.id),
    },
  };
};
