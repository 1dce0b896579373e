package dev.midge.broker.config.file;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.midge.broker.access.AccessRules;
import dev.midge.broker.access.Passwords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A configuration file that a test has written, and the access files that are asked for. */
final class Written implements Assembly.AccessFiles {
  final Path file;
  final List<Path> passwordFiles = new ArrayList<>();
  final List<Path> accessFiles = new ArrayList<>();

  private Written(Path file) {
    this.file = file;
  }

  static Written lines(Path folder, String... lines) throws IOException {
    return bytes(folder, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static Written bytes(Path folder, byte[] bytes) throws IOException {
    return new Written(Files.write(folder.resolve("midge.conf"), bytes));
  }

  BrokerFile read() throws ConfigFileException {
    return BrokerFile.read(file, this);
  }

  /** Returns the lines of the failure, the file's name left out. */
  List<String> failure() {
    ConfigFileException failure = catchThrowableOfType(ConfigFileException.class, () -> read());
    return failure == null
        ? List.of()
        : failure.getMessage().replace(file.toString(), "F").lines().toList();
  }

  @Override
  public Passwords passwords(Path asked) throws IOException {
    passwordFiles.add(asked);
    if (asked.toString().contains("missing")) {
      throw new IOException("no such file");
    }
    return null;
  }

  @Override
  public AccessRules rules(Path asked) throws IOException {
    accessFiles.add(asked);
    if (asked.toString().contains("missing")) {
      throw new IOException("no such file");
    }
    return null;
  }
}
