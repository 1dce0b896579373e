package dev.midge.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;

/** Looks whether files can be made in the directory for temporary ones. */
final class TemporaryCheck implements Check {
  private final Path directory;

  TemporaryCheck(Path directory) {
    this.directory = directory;
  }

  @Override
  public Diagnosis look() {
    return Files.isDirectory(directory) && Files.isWritable(directory)
        ? Diagnosis.ok(directory.toString())
        : Diagnosis.wrong(
            directory + " cannot be written", "JDK_JAVA_OPTIONS=-Djava.io.tmpdir=DIRECTORY");
  }
}
