package dev.midge.cli.doctor;

/** Looks how many files and sockets a process may have open. */
final class FileLimitCheck implements Check {
  private static final int LEAST = 1024;

  private final long most;

  /**
   * Makes one.
   *
   * @param most {@link Long#MAX_VALUE} for no limit
   */
  FileLimitCheck(long most) {
    this.most = most;
  }

  @Override
  public Diagnosis look() {
    return most == Long.MAX_VALUE
        ? Diagnosis.ok("no limit, or none that the system tells")
        : most < LEAST
            ? Diagnosis.warning(
                most + " at most; a client of a broker takes one", "ulimit -n 4096, or more")
            : Diagnosis.ok(most + " at most");
  }
}
