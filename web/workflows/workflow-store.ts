import { type Signal, signal } from "@preact/signals";
import type {
  NewAction,
  NewStage,
  StageAction,
  WorkflowActionChange,
  WorkflowStep,
  WorkflowStepChange,
} from "../../worker/features/workflows/schema";
import type { Page } from "../../worker/http/shapes";
import { del, errorText, get, NetworkError, patch, post } from "../lib/client";
import { toast } from "../ui";

const STEPS = "/api/workflow-steps";
const ACTIONS = "/api/workflow-actions";

/** Whose stages they are: a template's, or a pipeline's own. */
export type WorkflowOwner = { templateId: string } | { pipelineId: string };

/** Puts what stands at `from` to `to`, as the server does. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  const [taken] = next.splice(from, 1);
  if (taken !== undefined) next.splice(to, 0, taken);
  return next;
}

/**
 * The stages of one workflow while they are edited. Each change shows at once and is sent at once, one after
 * the other; what the server made of them is read when the last one is through.
 */
export class WorkflowStore {
  readonly stages: Signal<WorkflowStep[] | null> = signal(null);
  readonly trouble: Signal<unknown> = signal(null);
  readonly saving: Signal<"" | "saving" | "saved"> = signal("");
  private waiting = 0;
  private line: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(readonly owner: WorkflowOwner) {}

  close(): void {
    this.closed = true;
  }

  async load(): Promise<void> {
    this.trouble.value = null;
    try {
      const { data } = await get<Page<WorkflowStep>>(STEPS, { ...this.owner, limit: 200 });
      if (this.closed || this.waiting > 0) return;
      this.stages.value = [...data].sort((a, b) => a.position - b.position);
    } catch (error) {
      if (!this.closed) this.trouble.value = error;
    }
  }

  /** Shows a change, sends it in its turn, and answers whether it was taken. */
  private async change(
    show: (stages: WorkflowStep[]) => WorkflowStep[],
    send: () => Promise<unknown>,
  ): Promise<boolean> {
    if (this.stages.value) this.stages.value = show(this.stages.value);
    return await this.inTurn(send).then(
      () => true,
      (error) => {
        toast({ text: refusal(error), tone: "warn", seconds: 10 });
        return false;
      },
    );
  }

  private async inTurn<T>(send: () => Promise<T>): Promise<T> {
    this.waiting += 1;
    this.saving.value = "saving";
    const turn = this.line.then(send, send);
    this.line = turn.catch(() => undefined);
    let good = true;
    try {
      return await turn;
    } catch (error) {
      good = false;
      throw error;
    } finally {
      this.waiting -= 1;
      if (this.waiting === 0) {
        this.saving.value = good ? "saved" : "";
        void this.load();
      }
    }
  }

  private stage(id: string, change: (stage: WorkflowStep) => WorkflowStep) {
    return (stages: WorkflowStep[]) => stages.map((stage) => (stage.id === id ? change(stage) : stage));
  }

  edit(id: string, change: WorkflowStepChange): Promise<boolean> {
    return this.change(
      this.stage(id, (stage) => ({ ...stage, ...change })),
      () => patch(`${STEPS}/${id}`, change),
    );
  }

  move(id: string, to: number): Promise<boolean> {
    const from = this.stages.value?.findIndex((stage) => stage.id === id) ?? -1;
    if (from < 0 || from === to) return Promise.resolve(true);
    return this.change(
      (stages) => moved(stages, from, to),
      () => patch(`${STEPS}/${id}`, { position: to }),
    );
  }

  /** Adds a stage. What is refused about its fields is thrown to the form. */
  add(stage: Partial<NewStage> & { name: string }, key: string): Promise<WorkflowStep> {
    return this.inTurn(() => post<WorkflowStep>(STEPS, { ...this.owner, ...stage }, { key }));
  }

  /** Takes a stage away; `moveTo` is the key of the stage that its people go to. */
  remove(id: string, moveTo?: string): Promise<void> {
    return this.inTurn(async () => {
      const query = moveTo ? `?moveTo=${encodeURIComponent(moveTo)}` : "";
      await del(`${STEPS}/${id}${query}`);
      if (this.stages.value) this.stages.value = this.stages.value.filter((stage) => stage.id !== id);
    });
  }

  addAction(stepId: string, action: NewAction, key: string): Promise<StageAction> {
    return this.inTurn(() => post<StageAction>(ACTIONS, { stepId, ...action }, { key }));
  }

  changeAction(id: string, change: WorkflowActionChange): Promise<StageAction> {
    return this.inTurn(() => patch<StageAction>(`${ACTIONS}/${id}`, change));
  }

  moveAction(stage: WorkflowStep, action: StageAction, to: number): Promise<boolean> {
    const from = stage.actions.indexOf(action);
    return this.change(
      this.stage(stage.id, (one) => ({ ...one, actions: moved(one.actions, from, to) })),
      () => patch(`${ACTIONS}/${action.id}`, { position: to }),
    );
  }

  removeAction(stageId: string, id: string): Promise<boolean> {
    return this.change(
      this.stage(stageId, (stage) => ({
        ...stage,
        actions: stage.actions.filter((action) => action.id !== id),
      })),
      () => del(`${ACTIONS}/${id}`),
    );
  }
}

/** Without an answer nobody knows; the list that is read again shows what holds. */
function refusal(error: unknown): string {
  return error instanceof NetworkError
    ? `${errorText(error)} What you see may not be saved.`
    : errorText(error);
}
