package dev.midge.it;

import dev.midge.testing.Program;

/** {@code midge broker} as a process of its own. */
final class MidgeBroker implements AutoCloseable {
  private final Program program;
  private final int port;

  MidgeBroker() {
    program = Program.midge("broker", "-p", "0", "-v").awaitOut("\n");
    port = Integer.parseInt(program.outText().strip());
  }

  int port() {
    return port;
  }

  Program program() {
    return program;
  }

  @Override
  public void close() {
    program.close();
  }
}
