import { ElMessageBox } from 'element-plus';

/** Asks a person before something is done; `warns` where it takes something away. False for everything but yes. */
export async function agreed(
  title: string,
  text: string,
  { yes, no, warns }: { yes: string; no: string; warns: boolean },
): Promise<boolean> {
  try {
    await ElMessageBox.confirm(text, title, { confirmButtonText: yes, cancelButtonText: no, ...(warns ? { type: 'warning' } : {}) });
    return true;
  } catch {
    return false; // Cancel, Esc and the close button all reject.
  }
}
