import go from "./receivers/receiver.go?raw";
import node from "./receivers/receiver.mjs?raw";
import php from "./receivers/receiver.php?raw";
import python from "./receivers/receiver.py?raw";

export interface Receiver {
  key: string;
  label: string;
  file: string;
  /** Starts it, once `WEBHOOK_SECRET` is set. */
  command: string;
  code: string;
}

/** Whole programs that receive events and check who sent them; `receivers.test.ts` runs them. */
export const RECEIVERS: readonly Receiver[] = [
  { key: "node", label: "Node", file: "receiver.mjs", command: "node receiver.mjs", code: node },
  { key: "python", label: "Python", file: "receiver.py", command: "python3 receiver.py", code: python },
  {
    key: "php",
    label: "PHP",
    file: "receiver.php",
    command: "php -S localhost:4000 receiver.php",
    code: php,
  },
  { key: "go", label: "Go", file: "receiver.go", command: "go run receiver.go", code: go },
];
