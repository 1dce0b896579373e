package dev.midge.differential;

import dev.midge.testing.MidgeRun;
import dev.midge.testing.Program;

/** A tool at work, wherever it runs. */
interface ToolRun extends AutoCloseable {
  boolean isOver();

  /** The exit status of a run that is over. */
  int status();

  byte[] out();

  String err();

  /** The process id that {@code -I} would use. */
  long pid();

  /** Sends a signal by its name. */
  void signal(String name);

  /** Ends it, if it has not ended. */
  @Override
  void close();

  /** As a process of its own. */
  static ToolRun of(Program program) {
    return new ToolRun() {
      @Override
      public boolean isOver() {
        return !program.isAlive();
      }

      @Override
      public int status() {
        return program.await().status();
      }

      @Override
      public byte[] out() {
        return program.out();
      }

      @Override
      public String err() {
        return program.errText();
      }

      @Override
      public long pid() {
        return program.pid();
      }

      @Override
      public void signal(String name) {
        program.signal(name);
      }

      @Override
      public void close() {
        program.close();
        program.await();
      }
    };
  }

  /** In this JVM. */
  static ToolRun of(MidgeRun run) {
    return new ToolRun() {
      @Override
      public boolean isOver() {
        return run.isDone();
      }

      @Override
      public int status() {
        return run.status();
      }

      @Override
      public byte[] out() {
        return run.out();
      }

      @Override
      public String err() {
        return run.errText();
      }

      @Override
      public long pid() {
        return ProcessHandle.current().pid();
      }

      @Override
      public void signal(String name) {
        throw new UnsupportedOperationException("signals are for processes");
      }

      @Override
      public void close() {
        run.requestStop();
      }
    };
  }
}
