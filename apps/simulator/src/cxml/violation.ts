/** What an answer can do wrong, each kind with a code that a report can count. */

export type ViolationCode =
  | "no_answer"
  | "status"
  | "content_type"
  | "declaration"
  | "not_well_formed"
  | "illegal_character"
  | "root"
  | "unknown_element"
  | "misplaced_element"
  | "unknown_attribute"
  | "missing_attribute"
  | "attribute_value"
  | "text"
  | "white_space"
  | "dial_count"
  | "dial_content"
  | "dial_without_action"
  | "action_url"
  | "repeat_differs"
  | "agent_dialled_twice"
  | "goes_on_after_end"
  | "endless_call";

export type Violation = { code: ViolationCode; message: string };

export const violation = (code: ViolationCode, message: string): Violation => ({ code, message });
