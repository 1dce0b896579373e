package dev.midge.broker.persist;

import dev.midge.testing.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link KeptBrokerMain} as a process, perhaps under a limit of the shell's. */
final class KeptProcess implements AutoCloseable {
  private final Program program;
  private final int port;

  private KeptProcess(Program program) {
    this.program = program;
    try {
      this.port = Integer.parseInt(program.awaitOut("\n").outText().strip());
    } catch (NumberFormatException e) {
      throw new AssertionError(program.errText(), e);
    }
  }

  static KeptProcess start(Path file) {
    return new KeptProcess(Program.start((Object[]) command(file, 0)));
  }

  /** Writes a new snapshot again and again, in place of the changes since the last one. */
  static KeptProcess startWithSnapshotsEach(int millis, Path file) {
    return new KeptProcess(Program.start((Object[]) command(file, millis)));
  }

  /** No file that it writes may be longer than so many blocks of 1024 bytes. */
  static KeptProcess startWithFilesUpTo(int blocks, Path file) {
    List<String> words = new ArrayList<>(List.of("bash", "-c"));
    words.add("ulimit -f " + blocks + "; exec \"$@\"");
    words.add("bash");
    words.addAll(List.of(command(file, 0)));
    return new KeptProcess(Program.start(words.toArray()));
  }

  private static String[] command(Path file, int snapshots) {
    return new String[] {
      System.getProperty("java.home") + "/bin/java",
      "-XX:TieredStopAtLevel=1",
      "-XX:+UseSerialGC",
      "-Xshare:auto",
      "-XX:-UsePerfData",
      "-cp",
      System.getProperty("java.class.path"),
      KeptBrokerMain.class.getName(),
      file.toString(),
      "1",
      "true",
      String.valueOf(snapshots)
    };
  }

  int port() {
    return port;
  }

  Program program() {
    return program;
  }

  /** Ends it without a chance to do anything. */
  void kill() {
    program.signal("KILL").await();
  }

  @Override
  public void close() {
    program.close();
  }
}
