/** Ends a process that Playwright started, and all of its children in one moment. On Windows: the process alone. */
export function killGroup(pid: number): void {
  // Playwright makes what it starts the leader of a group of its own, except on Windows.
  process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
}
